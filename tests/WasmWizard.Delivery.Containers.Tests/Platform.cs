// These tests start real processes and read real modes; the local target itself is for Linux (see its README).
[assembly: System.Runtime.Versioning.SupportedOSPlatform("linux")]
