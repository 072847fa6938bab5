using WasmWizard.Delivery.Gates;

/// <summary>The gate audit.</summary>
public interface IAudit : ICompile
{
    [Parameter("Known vulnerabilities to use where the official source has none: OSV records or NuGet's vulnerability data; a folder, zip, file or URL")]
    string? Advisories => TryGetValue(() => Advisories);

    Target Audit => _ => _
        .Description("Look the dependencies up among known vulnerabilities (--advisories)")
        .DependsOn<ICompile>(x => x.Restore)
        .OnlyWhenStatic(() => Workspace.NeedsMeasuring(InvokedTargets.Contains(Audit), GateId.Audit), "no evidence about this tree holds")
        .ProceedAfterFailure()
        .Lock("obj")
        .Produces(Workspace.Artifacts / "audit" / "*")
        .Executes(async () => await SupplyChain.Audit(this));
}
