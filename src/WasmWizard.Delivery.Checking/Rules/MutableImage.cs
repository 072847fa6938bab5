using WasmWizard.Delivery.Checking.Reading;

namespace WasmWizard.Delivery.Checking.Rules;

/// <summary>
/// An image by a tag that means something else tomorrow. A digest that only holds the place of the one that a deployment sets, zeros for
/// example, is none: whoever applies the manifest as it stands gets a pod that does not start, never another image.
/// </summary>
internal sealed class MutableImage : CheckRule
{
    public override string Id => "WW6111";

    public override string Title => "An image is named by a tag that moves";

    public override string Required => "what is deployed is named by digest, or at least by a version: the same moving tag leaves a pod template unchanged, so nothing rolls out";

    protected override IEnumerable<Place> Inspect(Repository repository)
    {
        var replaced = repository.Overlays.SelectMany(overlay => overlay.Root["images"].Items).Select(image => image["name"].Value).ToHashSet();
        foreach (var manifest in repository.Manifests)
        {
            foreach (var image in manifest.Containers.Select(container => container["image"]).Where(image => Moves(image.Value) && !replaced.Contains(BuiltImages.NameOf(image.Value))))
                yield return new(manifest.File.Path, image.Line, $"{manifest.Kind} {manifest.Name} runs {image.Value}", "name@sha256:… of the image that was checked");
        }

        foreach (var script in repository.Scripts)
        {
            foreach (var command in script.Commands.Where(command => command.Program is ["kubectl", "set", "image", ..]))
            {
                foreach (var word in command.Program.Skip(3).Where(word => word.Contains('=', StringComparison.Ordinal) && !word.StartsWith('-') && Moves(word[(word.IndexOf('=', StringComparison.Ordinal) + 1)..])))
                    yield return new(script.File.Path, command.Line, command.Text, "set the digest: with the same tag nothing rolls out");
            }
        }

        foreach (var compose in repository.ComposeFiles)
        {
            foreach (var (_, service) in compose.Services.Where(service => !service.Value["build"].Exists && Moves(service.Value["image"].Value)))
                yield return new(compose.File.Path, service["image"].Line, $"image: {service["image"].Value}", "a version or a digest") { Severity = CheckSeverity.Warning };
        }
    }

    private static bool Moves(string image) => image.Length > 0 && !image.Contains('$', StringComparison.Ordinal) && !image.Contains('@', StringComparison.Ordinal)
        && (image.EndsWith(":latest", StringComparison.Ordinal) || (image.Contains('/', StringComparison.Ordinal) && !image[image.LastIndexOf('/')..].Contains(':', StringComparison.Ordinal)));
}
