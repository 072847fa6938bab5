using WasmWizard.Delivery.Containers.Oci;
using WasmWizard.Delivery.Gates.Audit;
using WasmWizard.Delivery.Gates.Scan;
using WasmWizard.Delivery.SupplyChain.Advisories;
using WasmWizard.Delivery.SupplyChain.Debian;
using WasmWizard.Delivery.SupplyChain.Sbom;
using WasmWizard.Delivery.SupplyChain.Scan;

/// <summary>
/// PostgreSQL's client and a scratch server as an image: a job in it dumps a database, restores the dump beside it and compares. Everything in it is
/// Debian's, so that its digest depends on the packages alone.
/// </summary>
/// <param name="workspace">Where it goes, and whose policy applies.</param>
/// <param name="mirror">Where security updates are looked up; null for the machine's own mirror.</param>
public sealed class OperationsImage(Workspace workspace, string? mirror)
{
    /// <summary>The image's name without registry and tag.</summary>
    public const string Name = $"{AppImage.Name}-ops";

    private AbsolutePath Folder => workspace.Artifacts / "ops";

    /// <summary>Who runs it says what runs; everything but the folders of data and of temporary files may be read-only.</summary>
    private static ImageSettings Settings { get; } = new()
    {
        User = $"{BaseRoot.User}:{BaseRoot.User}",
        Entrypoint = [],
        WorkingFolder = "/data",
        Variables = new Dictionary<string, string>
        {
            ["HOME"] = "/tmp",
            ["LANG"] = "C.UTF-8",
            ["PATH"] = $"/usr/lib/postgresql/{BaseRecipe.PostgresMajor}/bin:/usr/bin",
        },
        Labels = new Dictionary<string, string> { ["org.opencontainers.image.title"] = Name, ["org.opencontainers.image.url"] = "https://wasm-wizard.com" },
    };

    /// <summary>Stacks it, lists what is in it, and looks each package up in the security updates.</summary>
    /// <returns>The image, and what stands against deploying it on this branch.</returns>
    /// <exception cref="WasmWizard.Delivery.SupplyChain.SupplyDataException">There is no base, or no index of security updates.</exception>
    public async Task<(ImageLayout Image, IReadOnlyList<Finding> Against)> Build(BaseLayers bases, CancellationToken cancellation)
    {
        Folder.CreateOrCleanDirectory();
        var below = await bases.Get(afresh: true, cancellation);
        var image = ImageLayout.Write(Folder / "oci", Settings, below.Architecture, below.Layers, AppImage.Annotations(workspace, workspace.Policy.Branch));
        var contents = ImageRecords.Read(image.Digest, Name, below.Digest.Brief, LayerReader.Files(image, ImageRecords.Wants));
        (Folder / $"{Name}.cdx.json").WriteAllText(CycloneDxDocument.Write(contents, []));
        Log.Information("Image {Digest} of {Count} packages, {Size:0.0} MiB compressed", image.Digest, contents.SystemPackages.Count, image.Manifest.Layers.Sum(part => part.Size) / 1048576.0);
        return (image, await Against(contents, cancellation));
    }

    private async Task<IReadOnlyList<Finding>> Against(ImageContents contents, CancellationToken cancellation)
    {
        var now = workspace.Time.GetUtcNow();
        var updates = await new SecurityIndexCache(Workspace.Cache / "security", SecurityIndex.DefaultKeyring, workspace.Time, mirror).GetAsync(contents.Codename, cancellation);
        var looked = (ScanObservation.Measured)EmbeddedScanner.Scan(contents, updates, new AdvisoryDatabase([], updates.Date, "nowhere"), DateOnly.FromDateTime(now.UtcDateTime));
        return VulnerabilityPolicy.Scan(workspace.Policy.Environment.Level).Against(looked.Findings, [], now);
    }
}
