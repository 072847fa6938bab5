using WasmWizard.Delivery.Checking.Reading;
using WasmWizard.Delivery.Checking.Snapshots;
using WasmWizard.Delivery.Checking.Yaml;

namespace WasmWizard.Delivery.Checking.Rules;

/// <summary>Rules that Prometheus is told to load and that are not where it looks.</summary>
internal sealed class UnloadedRules : CheckRule
{
    public override string Id => "WW6605";

    public override string Title => "Prometheus looks for rules that are not there";

    public override string Required => "rule_files lie beside the configuration, and in the container too: a missing file is no error to Prometheus, its alerts are silent";

    protected override IEnumerable<Place> Inspect(Repository repository)
    {
        foreach (var file in repository.Files.Where(file => file.IsYaml && !file.IsAside && file.Text.Contains("scrape_configs:", StringComparison.Ordinal) && file.Text.Contains("rule_files:", StringComparison.Ordinal)))
        {
            foreach (var rules in repository.Yaml(file).Documents.SelectMany(document => document["rule_files"].Items).Where(rules => WorkingFolders.IsPlain(rules.Value) && !rules.Value.StartsWith('/')))
            {
                if (!repository.Snapshot.Has(file.Folder + rules.Value))
                    yield return new(file.Path, rules.Line, $"rule_files names {rules.Value}, which does not lie beside it", "the path of the file with the rules");
                else if (Unmounted(repository, file, rules.Value) is { } compose)
                    yield return new(compose.File.Path, compose.Line, $"{file.Path} is mounted, {rules.Value}, which it loads, is not", $"mount {rules.Value} beside it") { Promised = $"{file.Path}:{rules.Line}: {rules.Value}" };
            }
        }
    }

    private static (SourceFile File, int Line)? Unmounted(Repository repository, SourceFile configuration, string rules)
    {
        var wanted = RepositorySnapshot.Normalize(configuration.Folder + rules);
        foreach (var compose in repository.ComposeFiles)
        {
            foreach (var volumes in compose.Services.Select(service => service.Value["volumes"].Items))
            {
                var sources = volumes.Where(volume => volume.Kind == NodeKind.Scalar).Select(volume => (volume.Line, Path: RepositorySnapshot.Normalize(compose.File.Folder + volume.Value.Split(':')[0]))).ToList();
                var mounted = sources.Find(source => source.Path == configuration.Path);
                if (mounted.Path is not null && !sources.Exists(source => wanted == source.Path || wanted.StartsWith(source.Path + "/", StringComparison.Ordinal)))
                    return (compose.File, mounted.Line);
            }
        }

        return null;
    }
}
