using WasmWizard.Delivery.Gates;

/// <summary>Everything that follows from the strategy and the targets, and the gate that holds it current.</summary>
public interface IGenerate : IWorkspace
{
    Target Generate => _ => _
        .Description("Write every generated file: workflows, schema, reference, README's tables")
        .Alone()
        .Executes(() => new GeneratedOutputs(Workspace, EngineSeam.TargetsOf(this), EngineSeam.SchemaOf(this)).Write());

    Target VerifyGenerated => _ => _
        .Description("Compare every generated file with what would be written")
        .Unless(() => Workspace.IsMeasured(InvokedTargets.Contains(VerifyGenerated), GateId.Generated), "evidence about this tree is at hand")
        .ProceedAfterFailure()
        .Executes(() => this.Conclude(new GeneratedOutputs(Workspace, EngineSeam.TargetsOf(this), EngineSeam.SchemaOf(this)).Verify()));
}
