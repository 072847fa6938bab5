using WasmWizard.Delivery.Gates;

/// <summary>The gate integration.</summary>
public interface IIntegration : IImage
{
    Target Integration => _ => _
        .Description("Run the release in a throw-away environment with real PostgreSQL and Redis")
        .DependsOn<IImage>(x => x.Image)
        .Unless(() => Workspace.IsMeasured(InvokedTargets.Contains(Integration), GateId.Integration), "evidence about this tree is at hand")
        .ProceedAfterFailure()
        .Lock("tests")
        .Produces(Workspace.Artifacts / "integration" / "*")
        .Executes(async () => this.Conclude(await new IntegrationRun(Workspace).Run(EngineSeam.CancellationOf(this))));
}
