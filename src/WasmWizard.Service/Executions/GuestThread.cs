namespace WasmWizard.Service.Executions;

/// <summary>
/// A thread with the stack that guests need, which sleeps until it is woken. It does not spin before it sleeps, as the framework's
/// semaphores do: the processors belong to guests.
/// </summary>
internal sealed class GuestThread
{
    private readonly object _gate = new();
    private readonly Thread _thread;
    private bool _woken;

    public GuestThread(int number, Action<GuestThread> work) =>
        _thread = new Thread(() => Run(work), GuestEngine.ThreadStackBytes) { IsBackground = true, Name = $"guest-{number}" };

    private void Run(Action<GuestThread> work)
    {
        StepBack.AskForCurrentThread();
        work(this);
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
}
