using WasmWizard.Delivery.Checking.Reading;
using WasmWizard.Delivery.Checking.Yaml;

namespace WasmWizard.Delivery.Checking.Rules;

/// <summary>A service that a Compose command or another service names, and that the file does not have.</summary>
internal sealed class MissingComposeService : CheckRule
{
    private static readonly string[] Defaults = ["compose.yaml", "compose.yml", "docker-compose.yml", "docker-compose.yaml"];

    public override string Id => "WW6404";

    public override string Title => "A Compose service that does not exist is named";

    public override string Required => "commands and depends_on name services of the Compose file";

    protected override IEnumerable<Place> Inspect(Repository repository)
    {
        foreach (var compose in repository.ComposeFiles.Where(compose => !compose.IsOverride && compose.IsWhole))
        {
            var names = compose.Services.Select(service => service.Key.Value).ToHashSet();
            foreach (var (key, service) in compose.Services)
            {
                var needs = service["depends_on"];
                foreach (var need in needs.Items.Concat(needs.Pairs.Select(pair => pair.Key)).Where(need => need.Kind == NodeKind.Scalar && !names.Contains(need.Value) && !IsInSibling(repository, compose, need.Value)))
                    yield return new(compose.File.Path, need.Line, $"{key.Value} depends on {need.Value}, which is no service here", $"one of: {string.Join(", ", names)}");
            }
        }

        var blocks = repository.Strategy.Commands.Select(pair => Script.OfBlock(pair.File, pair.Block)).ToList();
        foreach (var script in repository.Scripts.Concat(blocks))
        {
            foreach (var (command, folder) in WorkingFolders.Of(script, repository.Snapshot))
            {
                if (folder is null || ComposeCommand.Of(command) is not { Services.Count: > 0 } asked || Read(repository, folder, asked.Files) is not { Count: > 0 } known)
                    continue;
                foreach (var service in asked.Services.Where(service => !known.Contains(service)))
                    yield return new(script.File.Path, command.Line, $"{command.Text}: {service} is no service of the file", $"one of: {string.Join(", ", known)}");
            }
        }
    }

    /// <summary>The services of the files; null when one of them is not there or takes services from elsewhere.</summary>
    private static HashSet<string>? Read(Repository repository, string folder, IReadOnlyList<string> files)
    {
        var names = new HashSet<string>();
        var paths = files.Count > 0 ? files : [.. Defaults.Where(name => repository.Snapshot.File(folder + "/" + name) is not null).Take(1)];
        foreach (var path in paths)
        {
            var file = WorkingFolders.IsPlain(path) ? repository.Snapshot.File(folder + "/" + path) : null;
            if (file is null || repository.ComposeFiles.FirstOrDefault(compose => compose.File == file) is not { IsWhole: true } found)
                return null;
            names.UnionWith(found.Services.Select(service => service.Key.Value));
        }

        if (files.Count == 0)
            names.UnionWith(repository.ComposeFiles.Where(compose => compose.IsOverride && compose.File.Folder.TrimEnd('/') == folder).SelectMany(compose => compose.Services).Select(service => service.Key.Value));
        return names;
    }

    // Files of one folder are often merged with -f a -f b.
    private static bool IsInSibling(Repository repository, ComposeFile compose, string name) =>
        repository.ComposeFiles.Any(other => other != compose && other.File.Folder == compose.File.Folder && other.Services.Any(service => service.Key.Value == name));
}
