using System.Buffers;
using WasmWizard.Delivery.Checking.Reading;
using WasmWizard.Delivery.Checking.Yaml;

namespace WasmWizard.Delivery.Checking.Rules;

/// <summary>A variable whose value in an environment's files differs from the strategy's.</summary>
internal sealed class OtherVariable : CheckRule
{
    private static readonly SearchValues<char> HostSigns = SearchValues.Create("/:@$<{");

    public override string Id => "WW6005";

    public override string Title => "A variable differs from the strategy";

    public override string Required => "each environment sets the values that the strategy states";

    protected override IEnumerable<Place> Inspect(Repository repository)
    {
        // Addresses and paths differ from host to host; switches and levels are promises.
        foreach (var variable in repository.Strategy.Variables.Where(variable => variable.Value.Length > 0 && variable.Value.AsSpan().IndexOfAny(HostSigns) < 0))
        {
            foreach (var (file, node) in Settings(repository, variable))
            {
                if (node.Value.Length > 0 && !node.Value.Contains('$', StringComparison.Ordinal) && node.Value.Split(',')[0] != variable.Value)
                {
                    yield return new(file.Path, node.Line, $"{variable.Name} is {node.Value}", $"set it to {variable.Value}")
                    {
                        Promised = $"{variable.File}:{variable.Line}: {variable.Name}={variable.Value}",
                    };
                }
            }
        }
    }

    private static IEnumerable<(Snapshots.SourceFile File, Node Node)> Settings(Repository repository, DeclaredVariable variable)
    {
        foreach (var file in repository.Manifests.Select(manifest => manifest.File).Concat(repository.ComposeFiles.Select(compose => compose.File)).Distinct())
        {
            if (!file.Path.Contains(variable.Environment, StringComparison.OrdinalIgnoreCase))
                continue;
            foreach (var node in repository.Yaml(file).Documents.SelectMany(document => document.All()))
            {
                if (node["name"].Value == variable.Name && node["value"].Kind == NodeKind.Scalar)
                    yield return (file, node["value"]);
                else if (node[variable.Name] is { Kind: NodeKind.Scalar } value)
                    yield return (file, value);
                else if (node.Kind == NodeKind.Scalar && node.Value.StartsWith(variable.Name + "=", StringComparison.Ordinal))
                    yield return (file, new(NodeKind.Scalar, node.Line, node.Value[(variable.Name.Length + 1)..]));
            }
        }
    }
}
