// Sessions, signals and /proc: see the README.
[assembly: System.Runtime.Versioning.SupportedOSPlatform("linux")]
