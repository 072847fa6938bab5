using WasmWizard.Delivery.Gates;

/// <summary>The gate docs.</summary>
public interface IDocs : IGenerate
{
    Target Docs => _ => _
        .Description("Check the documents: references current, links whole, commands real, decisions held by tests, changes told")
        .Unless(() => Workspace.IsMeasured(InvokedTargets.Contains(Docs), GateId.Docs), "evidence about this tree is at hand")
        .ProceedAfterFailure()
        .Produces(Workspace.Artifacts / "docs" / "*")
        .Executes(() => this.Conclude(new DocsReader(Workspace, new(Workspace, EngineSeam.TargetsOf(this), EngineSeam.SchemaOf(this))).Run()));
}
