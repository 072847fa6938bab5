using System.Runtime.InteropServices;
using System.Text.Json;
using WasmWizard.Delivery.Containers;
using WasmWizard.Delivery.Evidence;
using WasmWizard.Delivery.Releases;

/// <summary>The service as it ships: published, packed as the app layer of its image, described beside it.</summary>
public sealed class AppImage(Workspace workspace)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    private AbsolutePath Folder => workspace.Artifacts / "image";

    /// <summary>The normalized tar.</summary>
    public AbsolutePath Layer => Folder / "app.tar";

    private AbsolutePath DescriptionFile => Folder / "image.json";

    /// <summary>The layer at hand was packed from this very tree; a proven digest is never built again.</summary>
    public bool IsCurrent => File.Exists(Layer) && Described() is { } description && description.Tree == workspace.Checkout.Tree;

    /// <summary>What a gate about the image is asked about: the image at hand, where it is of this tree.</summary>
    public EvidenceSubject Subject => new(workspace.Checkout.Tree);

    public void Build()
    {
        var published = workspace.Temporary / "publish";
        published.CreateOrCleanDirectory();
        DotNetPublish(_ => _
            .SetProject(workspace.Root / "src" / "WasmWizard.Service" / "WasmWizard.Service.csproj")
            .SetConfiguration("Release")
            .SetRuntime(RuntimeInformation.RuntimeIdentifier)
            .EnableSelfContained()
            .SetOutput(published)
            .SetVerbosity(DotNetVerbosity.quiet));
        DescriptionFile.DeleteFile();
        var digest = AppLayer.Write(published, Layer).GetAwaiter().GetResult();
        var description = new Description(workspace.Checkout.Tree, RuntimeInformation.RuntimeIdentifier, digest.ToString(), ServiceContract.Migrations(published));
        DescriptionFile.WriteAllText(JsonSerializer.Serialize(description, Json));
        Log.Information("App layer {Digest}, {Size:0.0} MiB", digest, new FileInfo(Layer).Length / 1048576.0);
    }

    /// <summary>The release that this layer and the branch's variables make.</summary>
    public Release Release()
    {
        var description = Described() ?? throw new InvalidOperationException($"{DescriptionFile} is missing: the target Image writes it.");
        var commit = workspace.Checkout.Commit;
        var variables = workspace.Policy.Environment.Variables;
        return new()
        {
            Version = $"0.0.0-{workspace.Policy.Environment.Branch}.{commit[..8]}",
            Commit = commit,
            Tree = description.Tree,
            Digest = Digest.Parse(description.Digest),
            Config = ConfigHash.Of(variables),
            Variables = variables,
            Migrations = description.Migrations,
        };
    }

    private Description? Described() => File.Exists(DescriptionFile) ? JsonSerializer.Deserialize<Description>(File.ReadAllText(DescriptionFile), Json) : null;

    /// <summary>The file <c>artifacts/image/image.json</c>.</summary>
    private sealed record Description(string Tree, string Platform, string Digest, IReadOnlyList<string> Migrations);
}
