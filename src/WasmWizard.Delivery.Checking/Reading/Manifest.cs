using WasmWizard.Delivery.Checking.Snapshots;
using WasmWizard.Delivery.Checking.Yaml;

namespace WasmWizard.Delivery.Checking.Reading;

/// <summary>One Kubernetes object.</summary>
public sealed record Manifest(SourceFile File, Node Root)
{
    public string Kind => Root["kind"].Value;

    public string Name => Root.At("metadata", "name").Value;

    public IEnumerable<Node> Containers => Root.All().Where(node => node.Kind == NodeKind.Mapping && node["image"].Kind == NodeKind.Scalar && node["name"].Exists);

    public static bool IsOne(Node document) => document["apiVersion"].Kind == NodeKind.Scalar && document["kind"].Kind == NodeKind.Scalar;

    /// <summary>The object, or the objects of a list.</summary>
    public static IEnumerable<Manifest> Of(SourceFile file, Node document) =>
        document["kind"].Value == "List" ? document["items"].Items.Where(IsOne).Select(item => new Manifest(file, item)) : [new(file, document)];
}
