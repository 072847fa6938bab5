using WasmWizard.Delivery.Checking.Reading;
using WasmWizard.Delivery.Checking.Yaml;

namespace WasmWizard.Delivery.Checking.Rules;

/// <summary>A Kubernetes object that points at another one which is declared under a different name, or not at all.</summary>
internal sealed class DanglingObject : CheckRule
{
    public override string Id => "WW6406";

    public override string Title => "A manifest points at an object that does not exist";

    public override string Required => "Services, their ports, and the Services that an Ingress names are declared";

    protected override IEnumerable<Place> Inspect(Repository repository)
    {
        if (repository.Files.Any(file => file.Name == "Chart.yaml") || repository.Overlays.Any(overlay => overlay.Root["namePrefix"].Exists || overlay.Root["nameSuffix"].Exists))
            yield break;
        var services = repository.Manifests.Where(manifest => manifest.Kind == "Service").ToList();
        var names = services.Select(service => service.Name).ToHashSet();
        foreach (var ingress in repository.Manifests.Where(manifest => manifest.Kind == "Ingress" && names.Count > 0))
        {
            foreach (var name in ingress.Root.All().Select(node => node["backend"]).Concat([ingress.Root.At("spec", "defaultBackend")]).Select(backend => backend.At("service", "name")).Where(name => name.Value.Length > 0 && !names.Contains(name.Value)))
                yield return new(ingress.File.Path, name.Line, $"Ingress {ingress.Name} leads to Service {name.Value}, which no manifest declares", $"one of: {string.Join(", ", names)}");
        }

        var pods = repository.Manifests.Select(manifest => manifest.Kind == "Pod" ? manifest.Root.At("metadata", "labels") : manifest.Root.At("spec", "template", "metadata", "labels")).Where(labels => labels.Exists).ToList();
        foreach (var service in services.Where(service => pods.Count > 0 && service.Root.At("spec", "selector").Pairs.Count > 0))
        {
            var selector = service.Root.At("spec", "selector");
            if (!pods.Exists(labels => selector.Pairs.TrueForAll(pair => labels[pair.Key.Value].Value == pair.Value.Value)))
                yield return new(service.File.Path, selector.Line, $"Service {service.Name} selects {string.Join(", ", selector.Pairs.Select(pair => $"{pair.Key.Value}={pair.Value.Value}"))}, which no pod has", "the labels of the pod template");
        }

        foreach (var monitor in repository.Manifests.Where(manifest => manifest.Kind == "ServiceMonitor"))
        {
            var wanted = monitor.Root.At("spec", "selector", "matchLabels");
            var chosen = services.Where(service => wanted.Pairs.Count > 0 && wanted.Pairs.TrueForAll(pair => service.Root.At("metadata", "labels")[pair.Key.Value].Value == pair.Value.Value)).ToList();
            foreach (var port in monitor.Root.At("spec", "endpoints").Items.Select(endpoint => endpoint["port"]).Where(port => port.Kind == NodeKind.Scalar))
            {
                if (chosen.Count > 0 && !chosen.Exists(service => service.Root.At("spec", "ports").Items.Exists(item => item["name"].Value == port.Value)))
                    yield return new(monitor.File.Path, port.Line, $"ServiceMonitor {monitor.Name} scrapes the port {port.Value}, which Service {chosen[0].Name} does not name", $"name: {port.Value} on the Service's port");
            }
        }
    }
}
