using WasmWizard.Delivery.Containers.Engines;
using WasmWizard.Delivery.Containers.Oci;
using WasmWizard.Delivery.Containers.Registries;
using WasmWizard.Delivery.Environments;
using WasmWizard.Delivery.SupplyChain.Debian;
using WasmWizard.Delivery.SupplyChain.Sbom;

/// <summary>One method per target that makes or looks into what is shipped: compose, measure, tell.</summary>
public static class SupplyChain
{
    public static async Task Audit(IAudit build)
    {
        var auditor = new Auditor(build.Workspace, build.Solution, build.Advisories);
        var answers = await auditor.Run(EngineSeam.CancellationOf(build));
        EngineSeam.Publish(build, nameof(Audit), File.ReadAllText(auditor.Document));
        build.Conclude(answers);
    }

    /// <summary>
    /// Typed, it looks the base up afresh, fails where only images deploy and there is none, and hands the image on. Depended on, it only makes it: what
    /// previews or measures changes nothing elsewhere, and a deployment brings its image to its place itself.
    /// </summary>
    public static async Task Image(IImage build)
    {
        var typed = build.InvokedTargets.Contains(build.Image);
        var image = new AppImage(build.Workspace);
        await image.Build(new(build.Workspace, BaseRecipe.Service, build.BaseImage, build.Mirror), build.BaseImage, afresh: typed, EngineSeam.CancellationOf(build));
        if (!typed)
            return;
        if (image.Lacks is { } lack && !build.Workspace.Policy.Environment.Targets.Contains(TargetKind.Local))
            build.Require([new("WW2120", lack.Because, "a base, for an image", lack.Fix)]);
        if (build.Registry is not null || build.DockerHost is not null)
            await build.AttemptAsync(() => Hand(build, AppImage.Name, ImageAtHand.Open(image)));
    }

    public static Task OpsImage(IOpsImage build) => build.AttemptAsync(async () =>
    {
        var bases = new BaseLayers(build.Workspace, BaseRecipe.Operations, image: null, build.Mirror);
        var (image, against) = await new OperationsImage(build.Workspace, build.Mirror).Build(bases, EngineSeam.CancellationOf(build));
        if (against.Count > 0)
        {
            build.ExitCode = GateConclusion.GateExitCode;
            Assert.Fail($"{string.Join("; ", against)} in the image of backup jobs. Next: ./build.sh OpsImage on a machine that reaches a current mirror (--mirror)");
        }

        await Hand(build, OperationsImage.Name, image);
    });

    /// <summary>Gives an image to those who are named: a registry, and an engine of this machine.</summary>
    private static async Task Hand(IImage build, string name, ImageLayout image)
    {
        var cancellation = EngineSeam.CancellationOf(build);
        if (build.Registry is { } host)
        {
            var repository = build.ImageRepository is { } chosen ? chosen + name[AppImage.Name.Length..] : name;
            var to = ImageReference.Of($"{host}/{repository}");
            using var client = Registry.NewClient(RegistryAccess.Credentials);
            var sent = await new Registry(client).PushAsync(image, to, [], cancellation);
            Log.Information("{Image:l}@{Digest} is in the registry ({Sent} blobs sent)", to, image.Digest, sent);
        }

        if (build.DockerHost is { } address)
        {
            using var engine = new DockerEngine(address);
            var tagged = $"{name}:{build.Workspace.Policy.Environment.ImageTag}";
            Log.Information("{Name:l} is {Id:l} in the engine", tagged, await engine.LoadAsync(image, [tagged], cancellation));
        }
    }

    public static void Sbom(ISbom build)
    {
        var workspace = build.Workspace;
        var image = new AppImage(workspace);
        build.Attempt(() =>
        {
            var contents = ImageAtHand.Contents(ImageAtHand.Open(image), image.Version);
            var document = CycloneDxDocument.Write(contents, [PackageFolder]);
            var file = workspace.Artifacts / "sbom" / $"{AppImage.Name}.cdx.json";
            file.WriteAllText(document);
            Log.Information("{System} packages of the distribution and {Application} of the application in {File:l}", contents.SystemPackages.Count, contents.ApplicationPackages.Count, file);
            EngineSeam.Publish(build, nameof(Sbom), document);
        });
    }

    public static async Task Scan(IScan build)
    {
        var scanner = new Scanner(build.Workspace, build.Advisories, build.Mirror);
        var answers = await scanner.Run(EngineSeam.CancellationOf(build));
        EngineSeam.Publish(build, nameof(Scan), File.ReadAllText(scanner.Document));
        build.Conclude(answers);
    }

    /// <summary>A claim that would not count is no claim: the target fails as a gate does. A local deployment of an app layer has no image to claim anything about.</summary>
    public static void Attest(IAttest build) => build.Attempt(() =>
    {
        if (new AppImage(build.Workspace).Lacks is { } lack && !build.InvokedTargets.Contains(build.Attest) && build.Workspace.Policy.Environment.Targets.Contains(TargetKind.Local))
        {
            Log.Warning("Nothing is signed: {Reason:l}. Next: {Fix:l}", lack.Because, lack.Fix);
            return;
        }

        var rejected = new Attestor(build).Run();
        if (rejected.Count > 0)
        {
            build.ExitCode = GateConclusion.GateExitCode;
            Assert.Fail($"{string.Join("; ", rejected)}. Next: sign with a key of {build.Workspace.Policy.Environment.Word}'s list (--signing-key, --trusted-keys)");
        }
    });

    /// <summary>Where NuGet keeps what it restored; licences and hashes of packages are looked up there.</summary>
    private static string PackageFolder => EnvironmentInfo.GetVariable("NUGET_PACKAGES") is { Length: > 0 } folder
        ? folder
        : Path.Combine(System.Environment.GetFolderPath(System.Environment.SpecialFolder.UserProfile), ".nuget", "packages");
}
