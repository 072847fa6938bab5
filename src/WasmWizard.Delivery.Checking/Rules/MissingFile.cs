using System.Text.RegularExpressions;
using WasmWizard.Delivery.Checking.Reading;

namespace WasmWizard.Delivery.Checking.Rules;

/// <summary>A file or folder that a workflow, script, document or manifest needs, and that is nowhere in the repository.</summary>
internal sealed partial class MissingFile : CheckRule
{
    // What tools write before it is used.
    private static readonly HashSet<string> Made =
    [
        "target", "dist", "build", "out", "bin", "obj", "node_modules", "vendor", ".venv", "venv", "coverage", "artifacts", "artifact", "tmp", "temp", "release", "releases", "public", "site", "_site", "_build", "output",
        "publish", "pkg", "result", "results", "reports", "report", "generated", "secrets", "certs", "data", "logs", "gh-pages", "wiki", "deps", "cache", "downloads", "download", "_output", "bazel-bin",
    ];

    private static readonly HashSet<string> Makers = ["mkdir", "cp", "mv", "curl", "wget", "tar", "unzip", "tee", "touch", "ln", "install", "gh", "rsync", "7z", "svn", "openssl", "aws", "gsutil", "envsubst", "npx"];
    private static readonly HashSet<string> Destinations = ["path", "output", "destination", "dest", "directory", "out"];

    public override string Id => "WW6401";

    public override string Title => "A file or folder that is needed does not exist";

    public override string Required => "what a command, an image or a manifest reads is in the repository";

    protected override IEnumerable<Place> Inspect(Repository repository) =>
        from reference in FileReferences.Of(repository).DistinctBy(reference => (reference.File.Path, reference.Path))
        where IsDecidable(repository, reference) && !IsThere(repository, reference)
        select new Place(reference.File.Path, reference.Line, $"{reference.By} {reference.Path}, which is not in the repository", Fix(repository, reference.Path)) { Promised = reference.Promised };

    private static bool IsThere(Repository repository, FileReference reference) =>
        reference.Bases.Any(folder => WorkingFolders.Join(folder, reference.Path) is not { } path || repository.Snapshot.Has(path) || IsMadeOrIgnored(repository, path));

    private static bool IsDecidable(Repository repository, FileReference reference) =>
        WorkingFolders.IsPlain(reference.Path) && !reference.Path.StartsWith('/') && reference.Path is not ("." or "./" or "-" or "..") && !IsMadeOrIgnored(repository, reference.Path) && !IsWritten(repository, reference);

    private static bool IsMadeOrIgnored(Repository repository, string path) =>
        !path.TrimStart('.', '/').StartsWith("github/", StringComparison.Ordinal) && path.Split('/').Any(part => Made.Contains(part) || part.StartsWith(".env", StringComparison.Ordinal))
        || repository.Ignored.Matches(path);

    /// <summary>Some command or action of the same file makes, fetches or unpacks something of that name.</summary>
    private static bool IsWritten(Repository repository, FileReference reference)
    {
        var parts = reference.Path.Split('/').Where(part => part is not ("." or ".." or "")).ToList();
        if (parts.Count == 0)
            return true;
        // A script that fetches another repository stands in that one.
        if (repository.Scripts.Any(script => script.File == reference.File && script.Step is null && script.Commands.Any(command => command.Program is ["git", ..] && command.Program.Any(word => word is "clone" or "init"))))
            return true;
        return repository.Scripts.Where(script => script.File == reference.File).SelectMany(script => script.Commands)
                .Any(command => command.Redirects.Any(Names) || (Makes(command) && command.Words.Any(Names)))
            || repository.Workflows.Where(workflow => workflow.File == reference.File).SelectMany(workflow => workflow.Steps)
                .Any(step => Fetcher().IsMatch(step.Action) && step.With.Pairs.Any(pair => Destinations.Contains(pair.Key.Value) && Names(pair.Value.Value)));

        bool Names(string word) => word.Split('/', '.').Contains(parts[0].Split('.')[0]) || word.EndsWith(parts[^1], StringComparison.Ordinal);
    }

    private static bool Makes(Shell.ShellCommand command) =>
        command.Program is ["git", "clone" or "worktree" or "archive" or "init", ..] || (command.Program is [{ } program, ..] && Makers.Contains(program));

    private static string Fix(Repository repository, string path)
    {
        var name = path.TrimEnd('/').Split('/')[^1];
        var near = repository.Files.Select(file => file.Path).Where(known => known.EndsWith("/" + name, StringComparison.Ordinal) || known == name).Take(2).ToList();
        return near.Count > 0 ? $"it lies at {string.Join(" and ", near)}" : "add it, or name what is there";
    }

    [GeneratedRegex(@"(download|checkout|restore|extract|unzip|fetch)")]
    private static partial Regex Fetcher();
}
