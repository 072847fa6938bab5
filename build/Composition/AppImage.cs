using System.Runtime.InteropServices;
using System.Text.Json;
using WasmWizard.Delivery.Containers;
using WasmWizard.Delivery.Containers.Oci;
using WasmWizard.Delivery.Evidence;
using WasmWizard.Delivery.Local.Protocol.Files;
using WasmWizard.Delivery.Releases;
using WasmWizard.Delivery.SupplyChain;

/// <summary>
/// The service as it ships: published, packed as the app layer, and stacked on a base as an OCI image. Without a base there is the layer alone,
/// which is all that a local environment takes.
/// </summary>
public sealed class AppImage(Workspace workspace)
{
    /// <summary>The image's name without registry and tag.</summary>
    public const string Name = "wasm-wizard";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    private AbsolutePath Folder => workspace.Artifacts / "image";

    /// <summary>The normalized tar.</summary>
    public AbsolutePath Layer => Folder / "app.tar";

    /// <summary>The image in OCI's layout; there only with a base.</summary>
    public AbsolutePath Layout => Folder / "oci";

    /// <summary>The service as it runs, before it is packed.</summary>
    public AbsolutePath Published => workspace.Temporary / "publish";

    private AbsolutePath DescriptionFile => Folder / "image.json";

    /// <summary>What is at hand was made of this very tree, on a base that need not be looked up again; a proven digest is never built again.</summary>
    public bool IsCurrent(string? baseImage) =>
        File.Exists(Layer) && Described() is { } description && description.Tree == workspace.Checkout.Tree && description.BaseImage == baseImage
        && workspace.Time.GetUtcNow() - description.At < BaseLayers.Fresh && (description.Image is null || Directory.Exists(Layout));

    /// <summary>What a gate about the image is asked about: the image at hand, where it is of this tree.</summary>
    public EvidenceSubject Subject => Described() is { } description && description.Tree == workspace.Checkout.Tree
        ? new(description.Tree, description.Image, description.Base)
        : new(workspace.Checkout.Tree);

    /// <summary>Why there is no image, and what to do; null when there is one.</summary>
    public Lack? Lacks => Described()?.Lacks;

    /// <summary>The digest of the image that was built from this tree; null when there is none.</summary>
    public Digest? ImageDigest => Subject.Image is { } image ? Digest.Parse(image) : null;

    /// <summary>From when to when it was made, for its provenance.</summary>
    public (DateTimeOffset Began, DateTimeOffset Ended) Made => Described() is { } description
        ? (description.Began, description.At)
        : throw new InvalidOperationException($"{DescriptionFile} is missing: the target Image writes it.");

    /// <summary>Into an empty folder: what an earlier run left must not end up in the layer.</summary>
    public async Task Publish(CancellationToken cancellation)
    {
        using var turn = await Turn(cancellation);
        Published.CreateOrCleanDirectory();
        DotNetPublish(_ => _
            .SetProject(workspace.Root / "src" / "WasmWizard.Service" / "WasmWizard.Service.csproj")
            .SetConfiguration("Release")
            .SetRuntime(RuntimeInformation.RuntimeIdentifier)
            .EnableSelfContained()
            .SetOutput(Published)
            .SetVerbosity(DotNetVerbosity.quiet));
    }

    /// <summary>Packs what <see cref="Publish"/> left.</summary>
    public async Task Build(BaseLayers bases, string? baseImage, bool afresh, CancellationToken cancellation)
    {
        using var turn = await Turn(cancellation);
        var began = workspace.Time.GetUtcNow();
        DescriptionFile.DeleteFile();
        var digest = await AppLayer.Write(Published, Layer, cancellation);
        Log.Information("App layer {Digest}, {Size:0.0} MiB", digest, new FileInfo(Layer).Length / 1048576.0);
        var description = new Description(workspace.Checkout.Tree, RuntimeInformation.RuntimeIdentifier, digest.ToString(), ServiceContract.Migrations(Published), began) { BaseImage = baseImage };
        description = await Stack(bases, digest, description, afresh, cancellation) with { At = workspace.Time.GetUtcNow() };
        DescriptionFile.WriteAllText(JsonSerializer.Serialize(description, Json));
    }

    /// <summary>Runs at the same time take turns: they would write the same folders.</summary>
    private Task<FileStream> Turn(CancellationToken cancellation)
    {
        Directory.CreateDirectory(workspace.Temporary);
        return Exclusive.Hold(workspace.Temporary / "image.lock", cancellation);
    }

    /// <summary>The release that this layer and the branch's variables make.</summary>
    public Release Release()
    {
        var description = Described() ?? throw new InvalidOperationException($"{DescriptionFile} is missing: the target Image writes it.");
        var commit = workspace.Checkout.Commit;
        var variables = workspace.Policy.Environment.Variables;
        return new()
        {
            Version = Version,
            Commit = commit,
            Tree = description.Tree,
            Digest = Digest.Parse(description.Digest),
            Config = ConfigHash.Of(variables),
            Variables = variables,
            Migrations = description.Migrations,
        };
    }

    public string Version => $"0.0.0-{workspace.Policy.Environment.Branch}.{workspace.Checkout.Commit[..8]}";

    /// <summary>Stacks layer and base; what is missing for that is written down, for the gates to tell.</summary>
    private async Task<Description> Stack(BaseLayers bases, Digest layer, Description description, bool afresh, CancellationToken cancellation)
    {
        Layout.DeleteDirectory();
        if (!description.Platform.StartsWith("linux-", StringComparison.Ordinal) || description.Platform.Contains("musl", StringComparison.Ordinal))
            return description with { Lacks = Told(new($"the service was published for {description.Platform}, and bases have Linux's GNU library", "build the image on such a Linux", IsFault: false)) };
        try
        {
            var below = await bases.Get(afresh, cancellation);
            var packed = await PackedLayer.CompressAsync(Layer, layer, Folder / "app.tar.gz", cancellation);
            var image = ImageLayout.Write(Layout, ServiceImage.Settings, below.Architecture, [.. below.Layers, packed], Annotations(workspace, Version));
            WriteDockerfile(image);
            File.Delete(packed.File);
            Log.Information("Image {Digest}, {Size:0.0} MiB compressed, on the base {Base}", image.Digest, image.Manifest.Layers.Sum(part => part.Size) / 1048576.0, below.Digest.Brief);
            return description with { Image = image.Digest.ToString(), Base = below.Digest.ToString() };
        }
        catch (SupplyDataException problem)
        {
            return description with { Lacks = Told(new(problem.Message, problem.Fix, problem is CorruptDataException)) };
        }
        catch (ImageException problem)
        {
            return description with { Lacks = Told(new(problem.Message, problem.Fix, IsFault: true)) };
        }
    }

    /// <summary>Where the image came from, for people: beside the image, and no part of its digest.</summary>
    public static Dictionary<string, string> Annotations(Workspace workspace, string version) => new()
    {
        ["org.opencontainers.image.revision"] = workspace.Checkout.Commit,
        ["org.opencontainers.image.version"] = version,
    };

    /// <summary>For those who would rather have their engine build it: <c>docker build artifacts/image</c>.</summary>
    private void WriteDockerfile(ImageLayout image)
    {
        var layers = image.Manifest.Layers.Select(layer => Path.GetRelativePath(Folder, image.PathOf(layer)).Replace('\\', '/'));
        (Folder / "Dockerfile").WriteAllText(Dockerfile.Write(ServiceImage.Settings, layers, "./build.sh Image"));
        (Folder / ".dockerignore").WriteAllText($"*\n!{Layout.Name}\n");
    }

    private static Lack Told(Lack lack)
    {
        Log.Warning("No image, only its app layer, which deploys to local environments: {Reason:l}. Next: {Fix:l}", lack.Because, lack.Fix);
        return lack;
    }

    private Description? Described() => File.Exists(DescriptionFile) ? JsonSerializer.Deserialize<Description>(File.ReadAllText(DescriptionFile), Json) : null;

    /// <summary>Why there is no image.</summary>
    /// <param name="Because">What was observed.</param>
    /// <param name="Fix">What to do.</param>
    /// <param name="IsFault">Something was not what it must be, rather than absent.</param>
    public sealed record Lack(string Because, string Fix, bool IsFault);

    /// <summary>The file <c>artifacts/image/image.json</c>; <c>Digest</c> is the app layer's, <c>Image</c> the whole image's.</summary>
    private sealed record Description(string Tree, string Platform, string Digest, IReadOnlyList<string> Migrations, DateTimeOffset Began)
    {
        public DateTimeOffset At { get; init; }

        public string? Image { get; init; }

        public string? Base { get; init; }

        public string? BaseImage { get; init; }

        public Lack? Lacks { get; init; }
    }
}
