using WasmWizard.Delivery.Environments;
using WasmWizard.Delivery.Local;
using WasmWizard.Delivery.Local.State;
using WasmWizard.Delivery.Local.Tests.Driver;
using WasmWizard.Delivery.Releases;
using WasmWizard.Delivery.Rollouts;

// A pipeline in a process of its own, so that tests can kill it: one deploy, every event on stdout, the outcome's exit code.
if (args is ["hold-lock", var root])
{
    var store = new LocalLockStore(LocalState.Of("research", root), TimeProvider.System);
    Console.WriteLine(await store.TryAcquire("driver", "test", TimeSpan.FromMinutes(10), CancellationToken.None));
    await Task.Delay(Timeout.Infinite);
}

var state = LocalState.Of("research", args[0]);
var release = ReleaseJson.Read(await File.ReadAllTextAsync(args[1]));
using var target = new LocalTarget(
    new LocalTargetOptions
    {
        State = state,
        Layer = args[2],
        FrontBinaries = args[3],
        Dotnet = args[4],
        DefaultAddress = new Uri(args[5]),
        Alias = "research",
        Branch = "research",
    },
    TimeProvider.System);
var ports = new RolloutPorts(
    target, new LocalLedgerStore(state), new LocalLockStore(state, TimeProvider.System), new LocalReleaseStore(state, TimeProvider.System), TimeProvider.System);
var options = new RolloutOptions { Environment = EnvironmentName.Research, Branch = "research", Holder = $"driver {Environment.ProcessId}" };
var outcome = await new RolloutRunner(ports, options, new ConsoleEvents()).Deploy(release, null, CancellationToken.None);
Console.WriteLine(OutcomeText.Of(outcome, "research"));
return ExitCodes.Of(outcome);
