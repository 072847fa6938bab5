using WasmWizard.Delivery.Gates;

/// <summary>The gate audit.</summary>
public interface IAudit : ICompile
{
    [Parameter("Known vulnerabilities to use where the official source has none: OSV records or NuGet's vulnerability data; a folder, zip, file or URL")]
    string? Advisories => TryGetValue(() => Advisories);

    Target Audit => _ => _
        .Description("Look the dependencies up among known vulnerabilities (--advisories)")
        .DependsOn<ICompile>(x => x.Restore)
        .Unless(() => Workspace.IsMeasured(InvokedTargets.Contains(Audit), GateId.Audit), "evidence about this tree is at hand")
        .ProceedAfterFailure()
        .Lock("obj")
        .Produces(Workspace.Artifacts / "audit" / "*")
        .Executes(async () => await SupplyChain.Audit(this));
}
