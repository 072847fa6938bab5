/// <summary>From the service's sources to the bytes that are deployed.</summary>
public interface IImage : IWorkspace
{
    [Parameter("Image to build on, by digest: registry/name@sha256:...; default: a root of Debian's packages")]
    string? BaseImage => TryGetValue(() => BaseImage);

    [Parameter("Debian mirror that the base's packages and their security updates come from, an http address; default: the one that the machine's apt uses")]
    string? Mirror => TryGetValue(() => Mirror);

    [Parameter("Registry that Image pushes to, e.g. 127.0.0.1:5000; credentials come from REGISTRY_USER and REGISTRY_PASSWORD")]
    string? Registry => TryGetValue(() => Registry);

    [Parameter("Repository in the registry; default: wasm-wizard")]
    string? ImageRepository => TryGetValue(() => ImageRepository);

    [Parameter("Socket of the container engine that Image loads into: unix:///path")]
    string? DockerHost => TryGetValue(() => DockerHost);

    Target Publish => _ => _
        .Description("Publish the service as it runs; restored when nothing that it is made from changed")
        .Unlisted()
        .After<ITest>(x => x.Test)
        .Lock("obj", "tests")
        .Inputs("src/WasmWizard.Service/**", "!src/WasmWizard.Service/bin/**", "!src/WasmWizard.Service/obj/**", "Directory.*", ".editorconfig", "global.json", "nuget.config")
        .Outputs(new AppImage(Workspace).Published / "**")
        .Executes(async () => await new AppImage(Workspace).Publish(EngineSeam.CancellationOf(this)));

    Target Image => _ => _
        .Description("Publish the service, pack its app layer and stack it on a base as an OCI image (--base-image, --mirror; --registry pushes it, --docker-host loads it)")
        .DependsOn<IImage>(x => x.Publish)
        .After<ITest>(x => x.Test)
        .Lock("image")
        .Unless(() => !InvokedTargets.Contains(Image) && new AppImage(Workspace).IsCurrent(BaseImage), "the image of this tree and base is at hand")
        .Produces(Workspace.Artifacts / "image" / "*")
        .Executes(async () => await SupplyChain.Image(this));
}
