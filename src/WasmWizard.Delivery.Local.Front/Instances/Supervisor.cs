using System.Text.Json;
using WasmWizard.Delivery.Local.Front.Hosting;
using WasmWizard.Delivery.Local.Front.Routing;
using WasmWizard.Delivery.Local.Protocol;
using WasmWizard.Delivery.Local.Protocol.Files;
using WasmWizard.Delivery.Local.Protocol.Messages;
using WasmWizard.Delivery.Local.Protocol.Processes;

namespace WasmWizard.Delivery.Local.Front.Instances;

/// <summary>
/// Owns the instances and the route. Every order carries a fencing token and is idempotent: the same order again, also from another
/// process after a crash, ends in the same state.
/// </summary>
public sealed class Supervisor : IDisposable
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Instance> _instances = new(StringComparer.Ordinal);
    private readonly FrontLayout _layout;
    private readonly IReadOnlyDictionary<string, string> _environment;
    private readonly Router _router;
    private readonly FrontLog _log;
    private readonly Memory _memory;
    private readonly CancellationTokenSource _ending = new();

    /// <summary>Reads what an earlier front remembered, adopts its living instances and starts the routed one again when it is dead.</summary>
    public Supervisor(FrontLayout layout, IReadOnlyDictionary<string, string> environment, Router router, FrontLog log)
    {
        (_layout, _environment, _router, _log) = (layout, environment, router, log);
        _memory = new Memory(layout.Memory);
        Folders.Create(layout.Instances);
        Folders.Create(layout.Logs);
        foreach (var (spec, process) in LeftBehind.In(layout, _memory.Now.Route.Instance))
        {
            _log.Write(process is null ? $"{spec.Id} is routed to and not running: it is started again" : $"{spec.Id} is adopted, pid {process.Pid}");
            Begin(spec, process);
        }
    }

    public FrontStatus Status()
    {
        lock (_gate)
        {
            var views = _instances.Values.Select(instance => instance.View()).OrderBy(view => view.Id, StringComparer.Ordinal);
            return new FrontStatus(_memory.Now.Token, _memory.Now.Route, [.. views]);
        }
    }

    /// <summary>Refuses smaller tokens from now on.</summary>
    public void Fence(FenceOrder order)
    {
        lock (_gate)
            _memory.Admit(order.Token);
    }

    /// <summary>Starts the instance unless it runs already; completes when it listens or has ended.</summary>
    public async Task<InstanceView> Start(StartOrder order, CancellationToken cancellation)
    {
        Instance instance;
        lock (_gate)
        {
            _memory.Admit(order.Token);
            if (_instances.TryGetValue(order.Spec.Id, out var existing) && existing.Phase is InstancePhase.Draining)
                throw RefusedException.Contradiction($"{order.Spec.Id} is being stopped; an instance that is wanted again needs another id.");
            instance = existing is { IsUsable: true } ? existing : Begin(order.Spec, process: null);
        }

        await instance.Settled.WaitAsync(cancellation);
        lock (_gate)
            return instance.View();
    }

    /// <summary>Sends all further requests to the instance; on disk before it takes effect.</summary>
    public void Switch(RouteOrder order)
    {
        lock (_gate)
        {
            _memory.Admit(order.Token);
            if (order.Instance == _memory.Now.Route.Instance)
                return;
            if (order.Instance is null)
            {
                _memory.Set(FrontRoute.Nowhere);
                _router.SwitchTo(null);
                _log.Write("requests go nowhere");
                return;
            }

            if (!_instances.TryGetValue(order.Instance, out var instance) || instance is not { Phase: InstancePhase.Listening, Backend: { } backend })
                throw RefusedException.Contradiction($"{order.Instance} does not listen; requests go where they went.");
            _memory.Set(new FrontRoute(instance.Spec.Id, instance.Spec.Release, DateTimeOffset.UtcNow));
            _router.SwitchTo(backend);
            _log.Write($"requests go to {instance.Spec.Id}");
        }
    }

    /// <summary>Drains and ends the instance; completes when it is gone. One that is not there is gone already.</summary>
    public async Task Stop(string id, StopOrder order, CancellationToken cancellation)
    {
        Task stop;
        lock (_gate)
        {
            _memory.Admit(order.Token);
            if (_memory.Now.Route.Instance == id)
                throw RefusedException.Contradiction($"{id} is routed to; send the requests elsewhere before it is stopped.");
            if (!_instances.TryGetValue(id, out var instance))
                return;
            instance.Stop ??= Remove(instance, order);
            stop = instance.Stop;
        }

        await stop.WaitAsync(cancellation);
    }

    /// <summary>Checks the right to end the front, and ends the instances first unless they are to be kept for the next front.</summary>
    public async Task PrepareShutdown(ShutdownOrder order, CancellationToken cancellation)
    {
        string[] ids;
        lock (_gate)
        {
            _memory.Admit(order.Token);
            if (order.KeepInstances)
                return;
            _memory.Set(FrontRoute.Nowhere);
            _router.SwitchTo(null);
            ids = [.. _instances.Keys];
        }

        var stop = new StopOrder(order.Token, DrainWithin: TimeSpan.FromSeconds(35), EndWithin: TimeSpan.FromSeconds(10));
        await Task.WhenAll(ids.Select(id => Stop(id, stop, cancellation)));
    }

    /// <summary>
    /// Asks every process to end and forgets nothing, so that the next front starts the routed one again; for a shutdown of the machine.
    /// </summary>
    public async Task EndProcesses(TimeSpan within)
    {
        Task[] lives;
        lock (_gate)
        {
            _ending.Cancel();
            foreach (var instance in _instances.Values)
            {
                if (instance.Process is { } process)
                    Signals.AskToEnd(process.Identity);
            }

            lives = [.. _instances.Values.Select(instance => instance.Life)];
        }

        await Bounded(Task.WhenAll(lives), within);
    }

    /// <summary>Keeps every instance's log below the size; a full disk leaves a log as it is until the next look.</summary>
    public void BoundLogs(long bytes)
    {
        string[] ids;
        lock (_gate)
            ids = [.. _instances.Keys];
        foreach (var id in ids)
        {
            try
            {
                LogFile.Bound(_layout.LogOf(id), bytes);
            }
            catch (IOException full)
            {
                _log.Write($"the log of {id} could not be cut: {full.Message}");
            }
        }
    }

    public void Dispose()
    {
        _ending.Cancel();
        _ending.Dispose();
    }

    private Instance Begin(InstanceSpec spec, ProcessIdentity? process)
    {
        if (process is null)
        {
            Folders.Create(_layout.InstanceFolder(spec.Id));
            AtomicFile.Write(
                Path.Combine(_layout.InstanceFolder(spec.Id), MarkedProcess.Intent),
                JsonSerializer.SerializeToUtf8Bytes(spec, ProtocolJson.Default.InstanceSpec));
        }

        var instance = new Instance(spec);
        _instances[spec.Id] = instance;
        instance.Life = Task.Run(() => Live(instance, process));
        return instance;
    }

    private async Task Live(Instance instance, ProcessIdentity? adopted)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(instance.Stopping.Token, _ending.Token);
        while (true)
        {
            var since = TimeProvider.System.GetTimestamp();
            var end = await RunOnce(instance, adopted, ending.Token);
            adopted = null;
            TimeSpan pause;
            lock (_gate)
            {
                var restarts = _memory.Now.Route.Instance == instance.Spec.Id && !ending.IsCancellationRequested;
                if (_memory.Now.Route.Instance == instance.Spec.Id)
                    _router.SwitchTo(null);
                instance.Ends(end, _layout.LogOf(instance.Spec.Id), restarts, TimeProvider.System.GetElapsedTime(since));
                _log.Write($"{instance.Spec.Id} {end}");
                if (!restarts)
                    return;
                pause = Backoff.After(instance.CrashesInARow);
            }

            await Task.Delay(pause, ending.Token).ContinueWith(_ => { }, TaskScheduler.Default);
            lock (_gate)
            {
                if (ending.IsCancellationRequested || _memory.Now.Route.Instance != instance.Spec.Id)
                {
                    instance.GivesUp();
                    return;
                }
            }
        }
    }

    private async Task<string> RunOnce(Instance instance, ProcessIdentity? adopted, CancellationToken ending)
    {
        RunningProcess process;
        try
        {
            if (adopted is null)
                File.Delete(instance.AddressFile(_layout));
            lock (_gate)
            {
                if (ending.IsCancellationRequested)
                    return "was not started";
                process = adopted is null ? RunningProcess.Start(instance.Launch(_layout, _environment)) : RunningProcess.Adopt(adopted);
                instance.Runs(process);
            }
        }
        catch (Exception impossible) when (impossible is IOException or System.ComponentModel.Win32Exception or UnauthorizedAccessException)
        {
            return $"could not be started: {impossible.Message}";
        }

        var address = await Listening.Wait(instance.AddressFile(_layout), process.Ended, instance.Spec.StartWithin);
        if (address is null && !process.Ended.IsCompleted)
        {
            Signals.End(process.Identity);
            await process.Ended;
            return $"did not listen within {instance.Spec.StartWithin.TotalSeconds:0} s and was ended";
        }

        lock (_gate)
        {
            if (address is not null)
            {
                instance.Listens(address);
                if (_memory.Now.Route.Instance == instance.Spec.Id)
                    _router.SwitchTo(instance.Backend);
            }
        }

        return await process.Ended;
    }

    private Task Remove(Instance instance, StopOrder order)
    {
        var idle = instance.Backend?.Idle ?? Task.CompletedTask;
        instance.Drains();
        return Task.Run(async () =>
        {
            await Bounded(idle, order.DrainWithin);
            RunningProcess? process;
            lock (_gate)
                process = instance.Process;
            if (process is not null)
            {
                Signals.AskToEnd(process.Identity);
                if (!await Bounded(process.Ended, order.EndWithin))
                    Signals.End(process.Identity);
            }

            await instance.Life;
            MarkedProcess.EndAll(mark => mark == _layout.MarkOf(instance.Spec.Id));
            lock (_gate)
            {
                _instances.Remove(instance.Spec.Id);
                Folders.Delete(_layout.InstanceFolder(instance.Spec.Id));
                _log.Write($"{instance.Spec.Id} is gone");
            }
        });
    }

    private static async Task<bool> Bounded(Task task, TimeSpan within) =>
        await Task.WhenAny(task, Task.Delay(within)) == task;
}
