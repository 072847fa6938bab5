using System.Text.RegularExpressions;
using WasmWizard.Delivery.Checking.Snapshots;
using WasmWizard.Delivery.Checking.Yaml;

namespace WasmWizard.Delivery.Checking.Reading;

/// <summary>Everything in workflows, scripts, documents of the strategy, Dockerfiles, Compose files and overlays that needs a file.</summary>
internal static partial class FileReferences
{
    private static readonly string[] BuildInputs = ["context", "file"];
    private static readonly string[] FileInputs = ["config-file", "manifest-path", "configuration"];
    private static readonly string[] OverlayKeys = ["resources", "bases", "components", "patchesStrategicMerge"];

    public static IEnumerable<FileReference> Of(Repository repository) =>
    [
        .. repository.Workflows.SelectMany(workflow => workflow.Jobs).Where(job => !job.ChecksOutElsewhere).SelectMany(OfJob),
        .. repository.Scripts.Where(script => script.Step is not { Job.ChecksOutElsewhere: true }).SelectMany(script => OfScript(repository, script)),
        .. repository.Strategy.Commands.SelectMany(pair => OfBlock(repository, pair.File, pair.Block)),
        .. repository.Dockerfiles.SelectMany(OfDockerfile),
        .. repository.ComposeFiles.SelectMany(OfCompose),
        .. repository.Overlays.SelectMany(OfOverlay),
    ];

    private static IEnumerable<FileReference> OfJob(Job job)
    {
        var file = job.Workflow.File;
        if (job.Node["uses"].Value is ['.', '/', ..] called)
            yield return new(file, job.Node["uses"].Line, called, [""], "uses");
        if (!job.ChecksOut)
            yield break;
        foreach (var step in job.Steps)
        {
            if (step.Uses.Value.StartsWith("./", StringComparison.Ordinal))
                yield return new(file, step.Uses.Line, step.Uses.Value, [""], "uses");
            if (step.Run.Exists && step.WorkingFolder.Length > 0)
                yield return new(file, step.WorkingFolderLine, step.WorkingFolder, [""], "working-directory");
            if (step.Action is "docker/build-push-action")
            {
                foreach (var key in BuildInputs.Where(key => step.With[key].Value.Length > 0 && !step.With[key].Value.Contains("://", StringComparison.Ordinal)))
                    yield return new(file, step.With[key].Line, step.With[key].Value, key == "file" ? ["", step.With["context"].Value] : [""], key);
            }

            foreach (var key in FileInputs.Where(key => step.With[key].Value.StartsWith("./", StringComparison.Ordinal)))
                yield return new(file, step.With[key].Line, step.With[key].Value, [""], key);
        }
    }

    private static IEnumerable<FileReference> OfScript(Repository repository, Script script)
    {
        if (script.Step is { Job.ChecksOut: false })
            yield break;
        foreach (var (command, folder) in WorkingFolders.Of(script, repository.Snapshot))
        {
            // A script may be called from anywhere: its own folder, any above it, and the root are all asked.
            IReadOnlyList<string>? bases = script.Step is null && !script.IsRecipe ? Ancestors(script.File.Folder) : folder is null ? null : [folder, script.Folder ?? "", ""];
            if (bases is null)
                continue;
            foreach (var (path, by) in CommandReferences.Of(command))
                yield return new(script.File, command.Line, path, bases, by);
        }
    }

    private static IEnumerable<FileReference> OfBlock(Repository repository, SourceFile file, MarkdownBlock block)
    {
        var script = Script.OfBlock(file, block);
        if (script.Commands.Any(command => command.Program is ["git", "clone", ..] or ["cargo", "new" or "init", ..] or ["mkdir", ..] or ["cat" or "tee", ..] && command.Redirects.Count > 0))
            yield break;
        // A document that goes elsewhere in between may mean a script of that place.
        var leaves = Leaving().IsMatch(file.Text);
        foreach (var (command, folder) in WorkingFolders.Of(script, repository.Snapshot))
        {
            foreach (var (path, by) in CommandReferences.Of(command).Where(reference => folder is not null && !(leaves && !reference.Path.TrimStart('.', '/').Contains('/', StringComparison.Ordinal))))
                yield return new(file, command.Line, path, [folder!, "", .. Ancestors(file.Folder)], by) { Promised = $"{file.Path}:{command.Line}: {command.Text}" };
        }
    }

    private static IEnumerable<FileReference> OfDockerfile(Dockerfile dockerfile) =>
        from copy in dockerfile.Copies
        from source in copy.Sources
        select new FileReference(dockerfile.File, copy.Line, source.TrimStart('/'), Ancestors(dockerfile.File.Folder), "COPY");

    private static IEnumerable<FileReference> OfCompose(ComposeFile compose)
    {
        string[] bases = [compose.File.Folder.TrimEnd('/'), ""];
        foreach (var (_, service) in compose.Services)
        {
            var build = service["build"];
            var context = build.Kind == NodeKind.Scalar ? build : build["context"];
            if (context.Value.Length > 0 && !context.Value.Contains("://", StringComparison.Ordinal) && !context.Value.StartsWith("git@", StringComparison.Ordinal))
                yield return new(compose.File, context.Line, context.Value, bases, "build");
            if (build["dockerfile"].Value is { Length: > 0 } dockerfile && !build["dockerfile_inline"].Exists)
                yield return new(compose.File, build["dockerfile"].Line, dockerfile, [.. bases.Select(folder => RepositorySnapshot.Normalize(folder + "/" + (context.Exists ? context.Value : ".")))], "dockerfile");
            foreach (var volume in service["volumes"].Items.Where(volume => volume.Value.StartsWith("./", StringComparison.Ordinal) || volume.Value.StartsWith("../", StringComparison.Ordinal)))
            {
                // A folder that is missing is made when the container starts; in place of a file a folder would be made.
                var source = volume.Value.Split(':')[0];
                if (Path.GetExtension(source) is { Length: > 1 } and not ".d" && volume.Value.Contains(':', StringComparison.Ordinal) && Path.GetExtension(volume.Value.Split(':')[1]).Length > 1)
                    yield return new(compose.File, volume.Line, source, bases, "volume");
            }
        }
    }

    private static IEnumerable<FileReference> OfOverlay((SourceFile File, Node Root) overlay) =>
        from key in OverlayKeys
        from item in overlay.Root[key].Items
        where item.Kind == NodeKind.Scalar && !item.IsBlock && !item.Value.Contains("://", StringComparison.Ordinal) && !item.Value.Contains("github.com", StringComparison.Ordinal)
        select new FileReference(overlay.File, item.Line, item.Value, [overlay.File.Folder.TrimEnd('/')], key);

    /// <summary>A folder, each above it, and the root.</summary>
    private static List<string> Ancestors(string folder)
    {
        var all = new List<string>();
        for (var path = folder.TrimEnd('/'); path.Length > 0; path = path.Contains('/', StringComparison.Ordinal) ? path[..path.LastIndexOf('/')] : "")
            all.Add(path);
        all.Add("");
        return all;
    }

    [GeneratedRegex(@"\bcd\s+[/~$]")]
    private static partial Regex Leaving();
}
