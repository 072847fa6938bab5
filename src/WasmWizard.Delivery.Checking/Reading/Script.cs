using System.Text.RegularExpressions;
using WasmWizard.Delivery.Checking.Shell;
using WasmWizard.Delivery.Checking.Snapshots;

namespace WasmWizard.Delivery.Checking.Reading;

/// <summary>Shell text wherever it stands: a file, a step of a workflow, a recipe of a Makefile, a block of a document.</summary>
public sealed class Script(SourceFile file, IReadOnlyList<ShellCommand> commands)
{
    private static readonly string[] Names = ["GNUmakefile", "Makefile", "makefile"];

    public SourceFile File => file;

    public IReadOnlyList<ShellCommand> Commands => commands;

    /// <summary>The step that it is; null for a file.</summary>
    public Step? Step { get; init; }

    /// <summary>What it is called where it stands: the step's name, the file's, the recipe's.</summary>
    public string Title { get; init; } = "";

    public int Line { get; init; } = 1;

    /// <summary>The folder that it starts in, relative to the root; null where it depends on who calls it.</summary>
    public string? Folder { get; init; }

    /// <summary>The first failing command ends it before its own <c>set</c> says anything.</summary>
    public bool StopsOnError { get; init; }

    /// <summary>A pipe fails with any of its parts before its own <c>set</c> says anything.</summary>
    public bool PipesFail { get; init; }

    /// <summary>A command of it that fails fails what asked for it: recipes end at each line.</summary>
    public bool IsRecipe { get; init; }

    public static IEnumerable<Script> Of(Workflow workflow) =>
        from step in workflow.Steps
        where step.Run.Exists && IsShell(step)
        let run = step.Run
        select new Script(workflow.File, ShellLexer.Commands(run.Value, run.IsBlock ? run.Line + 1 : run.Line))
        {
            Step = step,
            Title = step.Name,
            Line = step.Line,
            Folder = step.Job.ChecksOutElsewhere || step.WorkingFolder.Contains('$', StringComparison.Ordinal) ? null : RepositorySnapshot.Normalize(step.WorkingFolder),
            StopsOnError = !step.Shell.Contains("{0}", StringComparison.Ordinal) || step.Shell.Contains("-e", StringComparison.Ordinal),
            PipesFail = step.Shell == "bash" || step.Shell.Contains("pipefail", StringComparison.Ordinal),
        };

    public static bool IsScript(SourceFile file) =>
        file.Extension is ".sh" or ".bash" || (file.Extension == "" && file.Text.StartsWith("#!", StringComparison.Ordinal) && ShellLine(file.Lines[0]));

    public static Script OfFile(SourceFile file)
    {
        var first = file.Lines[0];
        return new(file, ShellLexer.Commands(file.Text))
        {
            Title = file.Name,
            StopsOnError = first.StartsWith("#!", StringComparison.Ordinal) && Regex.IsMatch(first, @"\s-[a-z]*e"),
        };
    }

    public static bool IsMakefile(SourceFile file) => Names.Contains(file.Name) || file.Extension == ".mk";

    /// <summary>Each recipe as a script; <c>-</c> before a command is <c>|| true</c>.</summary>
    public static IEnumerable<Script> OfMakefile(SourceFile file)
    {
        var recipe = "";
        for (var at = 0; at < file.Lines.Count; at++)
        {
            var line = file.Lines[at];
            if (!line.StartsWith('\t'))
            {
                if (line.Contains(':', StringComparison.Ordinal) && !line.Contains(":=", StringComparison.Ordinal) && !line.StartsWith('.') && !line.StartsWith('#'))
                    recipe = line[..line.IndexOf(':', StringComparison.Ordinal)].Trim();
                continue;
            }

            var start = at;
            var text = line.TrimStart();
            while (text.EndsWith('\\') && at + 1 < file.Lines.Count)
                text = text + "\n" + file.Lines[++at];
            var ignored = text.StartsWith('-') || text.StartsWith("@-", StringComparison.Ordinal);
            text = text.TrimStart('-', '@', '+').Replace("$$", "$", StringComparison.Ordinal) + (ignored ? " || true" : "");
            yield return new(file, ShellLexer.Commands(text, start + 1)) { Title = recipe, Line = start + 1, Folder = file.Folder.TrimEnd('/'), StopsOnError = true, IsRecipe = true };
        }
    }

    /// <summary>Commands of a document that people type in a clone.</summary>
    public static Script OfBlock(SourceFile file, MarkdownBlock block)
    {
        ArgumentNullException.ThrowIfNull(block);
        return new(file, ShellLexer.Commands(string.Join('\n', block.Lines.Select(line => line.StartsWith("$ ", StringComparison.Ordinal) ? line[2..] : line)), block.Line)) { Title = block.Headings.Split(" > ")[^1], Line = block.Line, Folder = "" };
    }

    private static bool ShellLine(string line) => line.Contains("sh", StringComparison.Ordinal) && !line.Contains("fish", StringComparison.Ordinal) && !line.Contains("pwsh", StringComparison.Ordinal);

    private static bool IsShell(Step step) => step.Shell switch
    {
        "" => !step.Job.OnWindows,
        var shell => shell.StartsWith("bash", StringComparison.Ordinal) || shell.StartsWith("sh", StringComparison.Ordinal) || shell.Contains("/bash", StringComparison.Ordinal),
    };
}
