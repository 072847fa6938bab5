using WasmWizard.Delivery.Gates;

/// <summary>The gate scan.</summary>
public interface IScan : IImage, IAudit
{
    Target Scan => _ => _
        .Description("Look the image through for known vulnerabilities: Trivy or Grype where installed, else the embedded scanner (--advisories)")
        .DependsOn<IImage>(x => x.Image)
        .Unless(() => Workspace.IsMeasured(InvokedTargets.Contains(Scan), GateId.Scan), "evidence about this image is at hand")
        .ProceedAfterFailure()
        .Produces(Workspace.Artifacts / "scan" / "*")
        .Executes(async () => await SupplyChain.Scan(this));
}
