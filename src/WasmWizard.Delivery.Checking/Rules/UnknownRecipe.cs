using System.Text.Json;
using System.Text.RegularExpressions;
using WasmWizard.Delivery.Checking.Reading;
using WasmWizard.Delivery.Checking.Shell;
using WasmWizard.Delivery.Checking.Snapshots;

namespace WasmWizard.Delivery.Checking.Rules;

/// <summary>A script of package.json or a target of a Makefile that is called and does not exist.</summary>
internal sealed partial class UnknownRecipe : CheckRule
{
    private static readonly string[] Makefiles = ["GNUmakefile", "makefile", "Makefile"];

    public override string Id => "WW6402";

    public override string Title => "A script or target that does not exist is called";

    public override string Required => "what npm run and make are asked for is declared in package.json or the Makefile";

    protected override IEnumerable<Place> Inspect(Repository repository)
    {
        foreach (var script in repository.Steps.Where(script => script.Step!.Job.ChecksOut))
        {
            foreach (var (command, folder) in WorkingFolders.Of(script, repository.Snapshot))
            {
                if (folder is null || command.After == "||" || command.IsCondition)
                    continue;
                foreach (var (kind, name, known) in Missing(repository, folder, command))
                    yield return new(script.File.Path, command.Line, $"{command.Text}: {kind} has no {name}", known.Count == 0 ? "add it" : $"one of: {string.Join(", ", known.Take(12))}");
            }
        }
    }

    private static IEnumerable<(string Kind, string Name, IReadOnlyCollection<string> Known)> Missing(Repository repository, string folder, ShellCommand command)
    {
        if (command.Program is ["npm" or "pnpm", "run" or "run-script", { } name, ..] && WorkingFolders.IsPlain(name.Replace(":", "", StringComparison.Ordinal)) && !command.Words.Any(IsElsewhere))
        {
            if (repository.Snapshot.File(folder + "/package.json") is { } package && Scripts(package) is { } scripts && !scripts.Contains(name))
                yield return ($"package.json of {(folder.Length == 0 ? "the root" : folder)}", name, scripts);
            else if (!repository.Files.Any(file => file.Name == "package.json"))
                yield return ("the repository, which holds no package.json,", name, []);
        }

        if (command.Program is not ["make", ..] || command.Words.Any(word => word is "-C" or "-f" or "-j" or "-o" || word.Contains('$', StringComparison.Ordinal))
            || Makefile(repository, folder) is not { } makefile || Targets(makefile) is not { } targets)
            yield break;
        foreach (var target in command.Program.Skip(1).Where(word => WorkingFolders.IsPlain(word) && !targets.Contains(word) && !repository.Snapshot.Has(folder + "/" + word)))
            yield return (makefile.Path, target, targets);
    }

    private static bool IsElsewhere(string word) => word is "-w" or "--workspace" or "--workspaces" or "-r" or "--recursive" or "--filter" or "-F" or "--prefix" or "-C" or "--dir" or "--if-present"
        || word.StartsWith("--workspace=", StringComparison.Ordinal) || word.StartsWith("--filter=", StringComparison.Ordinal) || word.StartsWith("--prefix=", StringComparison.Ordinal);

    private static HashSet<string>? Scripts(SourceFile package)
    {
        try
        {
            using var json = JsonDocument.Parse(package.Text);
            return json.RootElement.ValueKind == JsonValueKind.Object && json.RootElement.TryGetProperty("scripts", out var scripts) && scripts.ValueKind == JsonValueKind.Object
                ? [.. scripts.EnumerateObject().Select(script => script.Name)]
                : [];
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static SourceFile? Makefile(Repository repository, string folder) =>
        Makefiles.Select(name => repository.Snapshot.File(folder + "/" + name)).FirstOrDefault(file => file is not null);

    /// <summary>Null when targets come from elsewhere or are made by rules.</summary>
    private static HashSet<string>? Targets(SourceFile makefile)
    {
        if (MadeTargets().IsMatch(makefile.Text))
            return null;
        return [.. makefile.Lines.Where(line => !line.StartsWith('\t')).Select(line => Target().Match(line)).Where(match => match.Success).SelectMany(match => match.Groups[1].Value.Split(' ', StringSplitOptions.RemoveEmptyEntries))];
    }

    [GeneratedRegex(@"^(-?include\b|[^\t#\n]*[%$][^\n=]*:(?!=)|\.DEFAULT:)|\$\(eval\b|^define\b", RegexOptions.Multiline)]
    private static partial Regex MadeTargets();

    [GeneratedRegex(@"^([\w./ -]+?)\s*::?(?!=)")]
    private static partial Regex Target();
}
