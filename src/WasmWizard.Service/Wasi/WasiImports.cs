using Wasmtime;

namespace WasmWizard.Service.Wasi;

/// <summary>
/// All functions of <c>wasi_snapshot_preview1</c>, defined once in a linker that every store shares. The guest's state
/// comes from the store (<see cref="GuestProcess"/>). Ours rather than Wasmtime's, because waiting must end at a deadline and
/// the streams must be memory of ours, not files.
/// </summary>
internal sealed class WasiImports
{
    public const string ModuleName = "wasi_snapshot_preview1";

    private readonly Dictionary<string, string> _signatures = new(StringComparer.Ordinal);
    private readonly Linker _linker;

    public WasiImports(Linker linker)
    {
        _linker = linker;
        DefineSystem();
        DefineStreams();
        DefineFiles();
        DefinePathsAndSockets();
    }

    /// <summary>Name and signature of each function, parameters before the colon: i for i32, I for i64.</summary>
    public IReadOnlyDictionary<string, string> Signatures => _signatures;

    private static GuestProcess Guest(Caller caller) => (GuestProcess)caller.GetData()!;

    private void DefineSystem()
    {
        Define("args_get", (c, a, b) => SystemCalls.Arguments(Guest(c).MemoryOf(c), a, b));
        Define("args_sizes_get", (c, a, b) => SystemCalls.ArgumentSizes(Guest(c).MemoryOf(c), a, b));
        Define("environ_get", (_, _, _) => Errno.Success);
        Define("environ_sizes_get", (c, a, b) => SystemCalls.EnvironmentSizes(Guest(c).MemoryOf(c), a, b));
        Define("clock_res_get", (c, a, b) => SystemCalls.ClockResolution(Guest(c).MemoryOf(c), a, b));
        Add("clock_time_get", "iIi:i", n => _linker.DefineFunction(ModuleName, n,
            (Caller c, int clock, long _, int address) => (int)SystemCalls.ClockTime(Guest(c), Guest(c).MemoryOf(c), clock, address)));
        Define("random_get", (c, a, b) => SystemCalls.Random(Guest(c), Guest(c).MemoryOf(c), a, b));
        Define("poll_oneoff", (c, subscriptions, events, count, written) =>
            PollCalls.Poll(Guest(c), Guest(c).MemoryOf(c), subscriptions, events, count, written));
        Define("proc_raise", (_, _) => Errno.NoSystemCall);
        Add("proc_exit", "i:", n => _linker.DefineFunction(ModuleName, n, (Caller c, int code) => Exit(Guest(c), code)));
        Add("sched_yield", ":i", n => _linker.DefineFunction(ModuleName, n, (Caller c) => Yield(Guest(c))));
    }

    private void DefineStreams()
    {
        Define("fd_read", (c, fd, vectors, count, read) => StreamCalls.Read(Guest(c), Guest(c).MemoryOf(c), fd, vectors, count, read));
        Define("fd_write", (c, fd, vectors, count, written) => StreamCalls.Write(Guest(c), Guest(c).MemoryOf(c), fd, vectors, count, written));
        Define("fd_fdstat_get", (c, fd, address) => StreamCalls.Stat(Guest(c), Guest(c).MemoryOf(c), fd, address));
        Define("fd_filestat_get", (c, fd, address) => StreamCalls.FileStat(Guest(c), Guest(c).MemoryOf(c), fd, address));
        // The streams never block, so a flag such as NONBLOCK is kept by doing nothing.
        Define("fd_fdstat_set_flags", (c, fd, _) => StreamCalls.OnlyIfOpen(Guest(c), fd, Errno.Success));
        Define("fd_close", (c, fd) => StreamCalls.Close(Guest(c), fd));
        Define("fd_renumber", (c, from, to) => StreamCalls.Renumber(Guest(c), from, to));
        Define("fd_datasync", (c, fd) => StreamCalls.OnlyIfOpen(Guest(c), fd, Errno.Invalid));
        Define("fd_sync", (c, fd) => StreamCalls.OnlyIfOpen(Guest(c), fd, Errno.Invalid));
        // No descriptor is pre-opened: this answer tells a guest's libc that there are no directories to look at.
        Define("fd_prestat_get", (_, _, _) => Errno.BadDescriptor);
        Define("fd_prestat_dir_name", (_, _, _, _) => Errno.BadDescriptor);
    }

    private void DefineFiles()
    {
        Add("fd_seek", "iIii:i", n => _linker.DefineFunction(ModuleName, n,
            (Caller c, int fd, long _, int _, int _) => OnPipe(c, fd, Errno.SeekOnPipe)));
        Define("fd_tell", (c, fd, _) => StreamCalls.OnlyIfOpen(Guest(c), fd, Errno.SeekOnPipe));
        Add("fd_pread", "iiiIi:i", n => _linker.DefineFunction(ModuleName, n,
            (Caller c, int fd, int _, int _, long _, int _) => OnPipe(c, fd, Errno.SeekOnPipe)));
        Add("fd_pwrite", "iiiIi:i", n => _linker.DefineFunction(ModuleName, n,
            (Caller c, int fd, int _, int _, long _, int _) => OnPipe(c, fd, Errno.SeekOnPipe)));
        Add("fd_advise", "iIIi:i", n => _linker.DefineFunction(ModuleName, n,
            (Caller c, int fd, long _, long _, int _) => OnPipe(c, fd, Errno.SeekOnPipe)));
        Add("fd_allocate", "iII:i", n => _linker.DefineFunction(ModuleName, n,
            (Caller c, int fd, long _, long _) => OnPipe(c, fd, Errno.NotSupported)));
        Add("fd_fdstat_set_rights", "iII:i", n => _linker.DefineFunction(ModuleName, n,
            (Caller c, int fd, long _, long _) => OnPipe(c, fd, Errno.NotSupported)));
        Add("fd_filestat_set_size", "iI:i", n => _linker.DefineFunction(ModuleName, n,
            (Caller c, int fd, long _) => OnPipe(c, fd, Errno.Invalid)));
        Add("fd_filestat_set_times", "iIIi:i", n => _linker.DefineFunction(ModuleName, n,
            (Caller c, int fd, long _, long _, int _) => OnPipe(c, fd, Errno.NotSupported)));
        Add("fd_readdir", "iiiIi:i", n => _linker.DefineFunction(ModuleName, n,
            (Caller c, int fd, int _, int _, long _, int _) => OnPipe(c, fd, Errno.NotADirectory)));
    }

    private void DefinePathsAndSockets()
    {
        Define("path_create_directory", (c, fd, _, _) => StreamCalls.OnlyIfOpen(Guest(c), fd, Errno.NotCapable));
        Define("path_remove_directory", (c, fd, _, _) => StreamCalls.OnlyIfOpen(Guest(c), fd, Errno.NotCapable));
        Define("path_unlink_file", (c, fd, _, _) => StreamCalls.OnlyIfOpen(Guest(c), fd, Errno.NotCapable));
        Define("path_filestat_get", (c, fd, _, _, _, _) => StreamCalls.OnlyIfOpen(Guest(c), fd, Errno.NotCapable));
        Define("path_symlink", (c, _, _, fd, _, _) => StreamCalls.OnlyIfOpen(Guest(c), fd, Errno.NotCapable));
        Define("path_readlink", (c, fd, _, _, _, _, _) => StreamCalls.OnlyIfOpen(Guest(c), fd, Errno.NotCapable));
        Define("path_rename", (c, fd, _, _, _, _, _) => StreamCalls.OnlyIfOpen(Guest(c), fd, Errno.NotCapable));
        Add("path_link", "iiiiiii:i", n => _linker.DefineFunction(ModuleName, n,
            (Caller c, int fd, int _, int _, int _, int _, int _, int _) => OnPipe(c, fd, Errno.NotCapable)));
        Add("path_open", "iiiiiIIii:i", n => _linker.DefineFunction(ModuleName, n,
            (Caller c, int fd, int _, int _, int _, int _, long _, long _, int _, int _) => OnPipe(c, fd, Errno.NotCapable)));
        Add("path_filestat_set_times", "iiiiIIi:i", n => _linker.DefineFunction(ModuleName, n,
            (Caller c, int fd, int _, int _, int _, long _, long _, int _) => OnPipe(c, fd, Errno.NotCapable)));
        Define("sock_accept", (c, fd, _, _) => StreamCalls.OnlyIfOpen(Guest(c), fd, Errno.NotASocket));
        Define("sock_recv", (c, fd, _, _, _, _, _) => StreamCalls.OnlyIfOpen(Guest(c), fd, Errno.NotASocket));
        Define("sock_send", (c, fd, _, _, _, _) => StreamCalls.OnlyIfOpen(Guest(c), fd, Errno.NotASocket));
        Define("sock_shutdown", (c, fd, _) => StreamCalls.OnlyIfOpen(Guest(c), fd, Errno.NotASocket));
    }

    private static int OnPipe(Caller caller, int fd, Errno answer) => (int)StreamCalls.OnlyIfOpen(Guest(caller), fd, answer);

    private static void Exit(GuestProcess guest, int code) => throw guest.Exit(code);

    private static int Yield(GuestProcess guest)
    {
        guest.ContinueOrStop();
        Thread.Yield();
        return (int)Errno.Success;
    }

    private delegate Errno Call1(Caller caller, int a);

    private delegate Errno Call2(Caller caller, int a, int b);

    private delegate Errno Call3(Caller caller, int a, int b, int c);

    private delegate Errno Call4(Caller caller, int a, int b, int c, int d);

    private delegate Errno Call5(Caller caller, int a, int b, int c, int d, int e);

    private delegate Errno Call6(Caller caller, int a, int b, int c, int d, int e, int f);

    private void Define(string name, Call1 call) =>
        Add(name, "i:i", n => _linker.DefineFunction(ModuleName, n, (Caller x, int a) => (int)call(x, a)));

    private void Define(string name, Call2 call) =>
        Add(name, "ii:i", n => _linker.DefineFunction(ModuleName, n, (Caller x, int a, int b) => (int)call(x, a, b)));

    private void Define(string name, Call3 call) =>
        Add(name, "iii:i", n => _linker.DefineFunction(ModuleName, n, (Caller x, int a, int b, int c) => (int)call(x, a, b, c)));

    private void Define(string name, Call4 call) =>
        Add(name, "iiii:i", n => _linker.DefineFunction(ModuleName, n, (Caller x, int a, int b, int c, int d) => (int)call(x, a, b, c, d)));

    private void Define(string name, Call5 call) =>
        Add(name, "iiiii:i", n => _linker.DefineFunction(ModuleName, n,
            (Caller x, int a, int b, int c, int d, int e) => (int)call(x, a, b, c, d, e)));

    private void Define(string name, Call6 call) =>
        Add(name, "iiiiii:i", n => _linker.DefineFunction(ModuleName, n,
            (Caller x, int a, int b, int c, int d, int e, int f) => (int)call(x, a, b, c, d, e, f)));

    private void Add(string name, string signature, Action<string> define)
    {
        _signatures.Add(name, signature);
        define(name);
    }
}
