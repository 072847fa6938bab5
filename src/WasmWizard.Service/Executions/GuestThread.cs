using System.Runtime.InteropServices;

namespace WasmWizard.Service.Executions;

/// <summary>
/// A thread with the stack that guests need, which sleeps until it is woken. It does not spin before it sleeps, as the framework's
/// semaphores do: the processors belong to guests.
/// </summary>
internal sealed class GuestThread
{
    /// <summary>10: about a tenth of a processor where others want it, all of it where nobody does.</summary>
    public const int NicenessBehind = 10;

    private const int ThisThread = 0;

    [ThreadStatic]
    private static bool s_isBehind;

    private readonly object _gate = new();
    private readonly Thread _thread;
    private bool _woken;

    public GuestThread(int number, Action<GuestThread> work)
    {
        Number = number;
        _thread = new Thread(() => work(this), GuestEngine.ThreadStackBytes) { IsBackground = true, Name = $"guest-{number}" };
    }

    public int Number { get; }

    /// <summary>The calling thread stands behind the others, for good: an unprivileged process can lower a thread's priority and never raise it again.</summary>
    public static bool IsBehind => s_isBehind;

    /// <summary>Lets the system prefer all other threads to the calling one; without effect where the system gives threads no niceness of their own.</summary>
    public static void StepBehind()
    {
        if (!s_isBehind && OperatingSystem.IsLinux())
            s_isBehind = SetPriority(ThisThread, 0, NicenessBehind) == 0;
    }

    public void Start() => _thread.Start();

    public void Join() => _thread.Join();

    /// <summary>Ends the sleep, or keeps the next one from beginning.</summary>
    public void Wake()
    {
        lock (_gate)
        {
            _woken = true;
            Monitor.Pulse(_gate);
        }
    }

    public void Sleep()
    {
        lock (_gate)
        {
            while (!_woken)
                Monitor.Wait(_gate);
            _woken = false;
        }
    }

    [DllImport("libc", EntryPoint = "setpriority")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SetPriority(int which, int who, int niceness);
}
