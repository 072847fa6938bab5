using WasmWizard.Delivery.Gates;

/// <summary>The gate format.</summary>
public interface IFormat : ICompile
{
    [Parameter("Let Format write the changes instead of asking for them")]
    bool Fix => TryGetValue<bool?>(() => Fix) ?? false;

    Target Format => _ => _
        .Description("Check style and analyzers (--fix: mend them)")
        .DependsOn<ICompile>(x => x.Restore)
        .After<ICompile>(x => x.Compile)
        .Unless(() => Workspace.IsMeasured(InvokedTargets.Contains(Format), GateId.Format), "evidence about this tree is at hand")
        .ProceedAfterFailure()
        .Lock("obj")
        .Executes(() => this.Conclude(new Formatter(Workspace, Solution).Run(Fix, compiled: SucceededTargets.Contains(Compile))));
}
