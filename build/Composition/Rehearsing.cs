using System.Globalization;
using WasmWizard.Delivery.Environments;
using WasmWizard.Delivery.Kubernetes.Manifests;
using WasmWizard.Delivery.Rehearsal;

/// <summary>The branch's plan against a simulated cluster; needs nothing but this build.</summary>
public static class Rehearsing
{
    private const int DefaultSeed = 1;

    public static async Task Run(IRehearse build)
    {
        var workspace = build.Workspace;
        var environment = workspace.Policy.Environment;
        var names = build.Faults?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var unknown = names?.Except(FaultCatalog.All.Select(fault => fault.Name)).ToList() ?? [];
        build.Require(
        [
            .. environment.Targets.Contains(TargetKind.Kubernetes) ? [] : new WasmWizard.Delivery.Ports.Fault[]
            {
                new("WW2140", $"{environment.Word} runs on no cluster", "a branch that deploys to one", $"./build.sh Rehearse --branch {workspace.Strategy.Of(EnvironmentName.Production).Branch}"),
            },
            .. unknown.Select(name => new WasmWizard.Delivery.Ports.Fault("WW2141", $"there is no fault {name}", $"names among {string.Join(", ", FaultCatalog.All.Select(fault => fault.Name))}", "./build.sh Rehearse --help")),
        ]);
        var seed = build.Seed ?? DefaultSeed;
        var rehearsal = new Rehearsal(new ClusterSettings { Environment = environment, Metrics = ServiceContract.Metrics(workspace.Root) }, seed);
        Log.Information("A rehearsal: a simulated cluster, simulated time, seed {Seed}; nothing is deployed or recorded. Seconds are the cluster's", seed);
        var results = new List<RehearsalResult>();
        foreach (var fault in FaultCatalog.All.Where(fault => names is null || names.Contains(fault.Name)))
        {
            var result = await rehearsal.Run(fault, EngineSeam.CancellationOf(build));
            results.Add(result);
            Log.Information("{Survived:l} {Name:l} exit {ExitCode}  {Seconds:l} s  {Unanswered} of {Requests:l} unanswered  {Story:l}",
                result.IsSurvived ? "survived    " : "NOT survived", fault.Name.PadRight(14), result.ExitCode, result.Took.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture).PadLeft(5),
                result.Unanswered, (result.Answered + result.Unanswered).ToString(CultureInfo.InvariantCulture).PadLeft(5), fault.Story);
        }

        var page = workspace.Artifacts / "rehearsal" / "index.html";
        page.WriteAllText(RehearsalPage.Render(environment.Word, seed, results));
        Log.Information("What happened when: {Page:l}", page);
        if (results.Where(result => !result.IsSurvived).ToList() is { Count: > 0 } lost)
        {
            build.ExitCode = GateConclusion.GateExitCode;
            Assert.Fail($"not survived: {string.Join("; ", lost.Select(result => $"{result.Fault.Name}: {string.Join(", ", result.Lacks)}"))}");
        }
    }
}
