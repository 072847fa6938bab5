using WasmWizard.Delivery.Gates;

/// <summary>The gate benchmark.</summary>
public interface IBenchmark : IWorkspace
{
    [Parameter("Let Benchmark compare the files with themselves so many times and tell how often it refuses; no evidence is left")]
    int? Trials => TryGetValue<int?>(() => Trials);

    [Parameter("Slowdown that the trials put into one side, percent, a multiple of 5; default 0")]
    int? Slowdown => TryGetValue<int?>(() => Slowdown);

    Target Benchmark => _ => _
        .Description("Measure the hot paths against the base commit's in interleaved pairs (--trials, --slowdown: try the gate itself)")
        .Unless(() => Workspace.IsMeasured(InvokedTargets.Contains(Benchmark), GateId.Benchmark), "evidence about this tree is at hand")
        .ProceedAfterFailure()
        .Alone()
        .Produces(Workspace.Artifacts / "benchmark" / "*")
        .Executes(async () => await BenchmarkRun.Run(this));
}
