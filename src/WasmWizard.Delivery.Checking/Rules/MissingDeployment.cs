using WasmWizard.Delivery.Checking.Reading;
using WasmWizard.Delivery.Checking.Yaml;

namespace WasmWizard.Delivery.Checking.Rules;

/// <summary>A workload, or a container of it, that a command or an autoscaler names and no manifest declares.</summary>
internal sealed class MissingDeployment : CheckRule
{
    public override string Id => "WW6403";

    public override string Title => "A Deployment that does not exist is named";

    public override string Required => "the workloads and containers that commands name are declared by a manifest";

    protected override IEnumerable<Place> Inspect(Repository repository)
    {
        // Charts and overlays with a prefix make names that stand nowhere in plain text.
        if (repository.Files.Any(file => file.Name == "Chart.yaml") || repository.Overlays.Any(overlay => overlay.Root["namePrefix"].Exists || overlay.Root["nameSuffix"].Exists))
            yield break;
        var blocks = repository.Strategy.Commands.Select(pair => Script.OfBlock(pair.File, pair.Block)).ToList();
        foreach (var script in repository.Scripts.Concat(blocks))
        {
            foreach (var command in script.Commands)
            {
                if (KubectlTarget.Of(command) is { } target && Missing(repository, target) is { } found)
                    yield return new(script.File.Path, command.Line, $"{command.Text}: {found.Found}", found.Fix) { Promised = blocks.Contains(script) ? $"{script.File.Path}:{command.Line}: {command.Text}" : null };
            }
        }

        foreach (var scaler in repository.Manifests.Where(manifest => manifest.Kind == "HorizontalPodAutoscaler"))
        {
            var aim = scaler.Root.At("spec", "scaleTargetRef");
            if (aim["name"].Kind == NodeKind.Scalar && Missing(repository, new(aim["kind"].Value, aim["name"].Value, null)) is { } found)
                yield return new(scaler.File.Path, aim["name"].Line, $"HorizontalPodAutoscaler {scaler.Name}: {found.Found}", found.Fix);
        }
    }

    private static (string Found, string Fix)? Missing(Repository repository, KubectlTarget target)
    {
        var declared = repository.Manifests.Where(manifest => manifest.Kind == target.Kind).ToList();
        // A namespace that is made elsewhere holds what is declared elsewhere.
        if (declared.Count == 0 || (target.Namespace is { } place && !repository.Manifests.Any(manifest => manifest.Root.At("metadata", "namespace").Value == place || (manifest.Kind == "Namespace" && manifest.Name == place))))
            return null;
        var named = declared.Where(manifest => manifest.Name == target.Name).ToList();
        if (named.Count == 0)
            return ($"no manifest declares {target.Kind} {target.Name}", $"one of: {string.Join(", ", declared.Select(manifest => manifest.Name).Distinct())}");
        var containers = named.SelectMany(manifest => manifest.Containers).Select(container => container["name"].Value).Distinct().ToList();
        return target.Container is { } container && !containers.Contains(container)
            ? ($"{target.Kind} {target.Name} has no container {container}", $"one of: {string.Join(", ", containers)}")
            : null;
    }
}
