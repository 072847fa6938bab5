using WasmWizard.Delivery.Gates;

/// <summary>The gate docs.</summary>
public interface IDocs : IGenerate
{
    Target Docs => _ => _
        .Description("Check the documents: references current, links whole, commands real, decisions held by tests, changes told")
        .OnlyWhenStatic(() => Workspace.NeedsMeasuring(InvokedTargets.Contains(Docs), GateId.Docs), "no evidence about this tree holds")
        .ProceedAfterFailure()
        .Produces(Workspace.Artifacts / "docs" / "*")
        .Executes(() => this.Conclude(new DocsReader(Workspace, new(Workspace, EngineSeam.TargetsOf(this), EngineSeam.SchemaOf(this))).Run()));
}
