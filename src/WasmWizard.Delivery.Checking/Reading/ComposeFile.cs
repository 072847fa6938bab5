using System.Text.RegularExpressions;
using WasmWizard.Delivery.Checking.Snapshots;
using WasmWizard.Delivery.Checking.Yaml;

namespace WasmWizard.Delivery.Checking.Reading;

/// <summary>A Compose file.</summary>
public sealed partial class ComposeFile(SourceFile file, YamlText yaml)
{
    public SourceFile File => file;

    public IReadOnlyList<(Node Key, Node Value)> Services { get; } = [.. yaml.Documents.SelectMany(document => document["services"].Pairs)];

    /// <summary>Everything that it runs stands in it: it includes and extends no other file.</summary>
    public bool IsWhole { get; } = yaml.Faults.Count == 0 && yaml.Documents.All(document => !document["include"].Exists) && yaml.Documents.SelectMany(document => document["services"].Pairs).All(service => !service.Value["extends"].Exists);

    /// <summary>Merged with another one: it need not be whole by itself.</summary>
    public bool IsOverride => file.Name.Contains("override", StringComparison.Ordinal);

    public static bool IsOne(SourceFile file) => FileName().IsMatch(file.Name);

    [GeneratedRegex(@"^(docker-)?compose([.-][\w.-]+)?\.ya?ml$")]
    private static partial Regex FileName();
}
