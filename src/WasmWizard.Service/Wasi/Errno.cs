namespace WasmWizard.Service.Wasi;

/// <summary>The error numbers of WASI preview 1 that this host answers with (witx: <c>errno</c>).</summary>
internal enum Errno
{
    Success = 0,
    BadDescriptor = 8,
    BadAddress = 21,
    Invalid = 28,
    NoSystemCall = 52,
    NotADirectory = 54,
    NotASocket = 57,
    NotSupported = 58,
    SeekOnPipe = 70,
    NotCapable = 76,
}
