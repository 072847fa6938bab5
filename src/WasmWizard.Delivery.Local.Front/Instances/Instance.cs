using WasmWizard.Delivery.Local.Front.Routing;
using WasmWizard.Delivery.Local.Protocol;
using WasmWizard.Delivery.Local.Protocol.Files;
using WasmWizard.Delivery.Local.Protocol.Messages;

namespace WasmWizard.Delivery.Local.Front.Instances;

/// <summary>
/// One instance over its whole life: started, listening, perhaps crashed and started again, drained, ended. Its changing parts are
/// guarded by the supervisor's gate.
/// </summary>
internal sealed class Instance(InstanceSpec spec)
{
    private const int LogLines = 20;

    private readonly TaskCompletionSource _settled = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public InstanceSpec Spec => spec;

    public InstancePhase Phase { get; private set; } = InstancePhase.Starting;

    public RunningProcess? Process { get; private set; }

    public Backend? Backend { get; private set; }

    public int Crashes { get; private set; }

    /// <summary>Ended while routed to without a settled run since.</summary>
    public int CrashesInARow { get; private set; }

    /// <summary>Completes when it has listened or ended for the first time.</summary>
    public Task Settled => _settled.Task;

    /// <summary>Asked to stop; the end of its process is wanted from here on.</summary>
    public CancellationTokenSource Stopping { get; } = new();

    /// <summary>The loop that runs it.</summary>
    public Task Life { get; set; } = Task.CompletedTask;

    /// <summary>The stop under way or done; null before the first order to stop.</summary>
    public Task? Stop { get; set; }

    private string? LastEnd { get; set; }

    private IReadOnlyList<string> LogTail { get; set; } = [];

    public bool IsUsable => Phase is InstancePhase.Starting or InstancePhase.Listening or InstancePhase.Crashed;

    public void Runs(RunningProcess process)
    {
        Process = process;
        if (Phase is not InstancePhase.Draining)
            Phase = InstancePhase.Starting;
    }

    public void Listens(Uri address)
    {
        Backend = new Backend(address);
        if (Phase is not InstancePhase.Draining)
            Phase = InstancePhase.Listening;
        _settled.TrySetResult();
    }

    public void Drains()
    {
        Phase = InstancePhase.Draining;
        Backend?.Retire();
        Stopping.Cancel();
    }

    /// <summary>The process has ended, by itself or because it was asked to.</summary>
    public void Ends(string how, string log, bool restarts, TimeSpan ran)
    {
        Backend?.Retire();
        Backend = null;
        Process = null;
        _settled.TrySetResult();
        if (Stopping.IsCancellationRequested)
        {
            Phase = InstancePhase.Ended;
            return;
        }

        LastEnd = how;
        LogTail = LogFile.Tail(log, LogLines);
        Phase = restarts ? InstancePhase.Crashed : InstancePhase.Ended;
        if (!restarts)
            return;
        Crashes++;
        CrashesInARow = ran >= Backoff.Settled ? 1 : CrashesInARow + 1;
    }

    public void GivesUp() => Phase = InstancePhase.Ended;

    public InstanceView View() => new()
    {
        Id = spec.Id,
        Release = spec.Release,
        Phase = Phase,
        Pid = Process?.Identity.Pid,
        Address = Phase is InstancePhase.Listening ? Backend?.Address : null,
        InFlight = Backend?.InFlight ?? 0,
        Crashes = Crashes,
        LastEnd = LastEnd,
        LogTail = LogTail,
    };

    /// <summary>What starts its process.</summary>
    public Protocol.Processes.Launch Launch(FrontLayout layout, IReadOnlyDictionary<string, string> clean)
    {
        var environment = new Dictionary<string, string>(clean);
        foreach (var (name, value) in spec.Environment)
            environment[name] = value;
        environment["LISTEN_URLS"] = "http://127.0.0.1:0";
        environment["LISTEN_ADDRESS_FILE"] = AddressFile(layout);
        return new Protocol.Processes.Launch(
            layout.MarkOf(spec.Id), layout.InstanceFolder(spec.Id), spec.Command, spec.WorkingFolder, environment, layout.LogOf(spec.Id));
    }

    public string AddressFile(FrontLayout layout) => Path.Combine(layout.InstanceFolder(spec.Id), "address");
}
