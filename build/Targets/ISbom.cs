/// <summary>What the image is made of.</summary>
public interface ISbom : IImage
{
    Target Sbom => _ => _
        .Description("Write the image's bill of materials (CycloneDX 1.6)")
        .DependsOn<IImage>(x => x.Image)
        .Produces(Workspace.Artifacts / "sbom" / "*")
        .Executes(() => SupplyChain.Sbom(this));
}
