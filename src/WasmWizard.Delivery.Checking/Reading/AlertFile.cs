using WasmWizard.Delivery.Checking.Snapshots;
using WasmWizard.Delivery.Checking.Yaml;

namespace WasmWizard.Delivery.Checking.Reading;

/// <summary>A file of Prometheus rules, plain or as the operator's object.</summary>
public sealed class AlertFile(SourceFile file, YamlText yaml)
{
    public SourceFile File => file;

    public YamlText Yaml => yaml;

    public IReadOnlyList<Node> Groups { get; } = [.. yaml.Documents.SelectMany(document => (document["spec"]["groups"].Exists ? document["spec"] : document)["groups"].Items)];

    public IEnumerable<Node> Rules => Groups.SelectMany(group => group["rules"].Items);

    public static bool IsOne(SourceFile file) =>
        file.Text.Contains("groups:", StringComparison.Ordinal) && file.Text.Contains("rules:", StringComparison.Ordinal)
        && (file.Text.Contains("alert:", StringComparison.Ordinal) || file.Text.Contains("record:", StringComparison.Ordinal) || file.Text.Contains("expr:", StringComparison.Ordinal))
        && !file.Text.Contains("contactPoints:", StringComparison.Ordinal) && !file.Text.Contains("datasourceUid:", StringComparison.Ordinal) && !file.Text.Contains("CustomResourceDefinition", StringComparison.Ordinal);
}
