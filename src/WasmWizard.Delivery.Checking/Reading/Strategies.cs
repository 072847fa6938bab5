using System.Text.RegularExpressions;
using WasmWizard.Delivery.Checking.Snapshots;

namespace WasmWizard.Delivery.Checking.Reading;

/// <summary>What a repository promises about its delivery, wherever it says so: each promise with its line.</summary>
public sealed partial class Strategies
{
    private readonly List<Promise> _checks = [];
    private readonly List<Promise> _reported = [];
    private readonly List<DeclaredBranch> _branches = [];
    private readonly List<DeclaredVariable> _variables = [];
    private readonly List<(SourceFile File, MarkdownBlock Block)> _commands = [];

    private Strategies()
    {
    }

    /// <summary>What a branch requires to be checked.</summary>
    public IReadOnlyList<Promise> Checks => _checks;

    /// <summary>Names under which the code host waits for checks, as a document lists them.</summary>
    public IReadOnlyList<Promise> Reported => _reported;

    /// <summary>Branches that lead to an environment.</summary>
    public IReadOnlyList<DeclaredBranch> Branches => _branches;

    /// <summary>Variables with the value that an environment is promised.</summary>
    public IReadOnlyList<DeclaredVariable> Variables => _variables;

    /// <summary>Blocks of commands in documents that declare something.</summary>
    public IReadOnlyList<(SourceFile File, MarkdownBlock Block)> Commands => _commands;

    public Promise? ForwardOnly { get; private set; }

    public Promise? BackupFirst { get; private set; }

    public Promise? AutoScaling { get; private set; }

    public Promise? CoverageFloor { get; private set; }

    public Promise? Scan => Checks.FirstOrDefault(check => check.Capability == Capability.Scan);

    public static Strategies Read(IEnumerable<SourceFile> files)
    {
        var strategy = new Strategies();
        var documents = files.Where(IsCandidate).Select(file => (File: file, Text: new MarkdownText(file))).ToList();
        foreach (var (file, text) in documents)
        {
            foreach (var branch in DeclaredBranches.In(file, text).Where(branch => !strategy._branches.Exists(known => known.Name.Equals(branch.Name, StringComparison.OrdinalIgnoreCase))))
                strategy._branches.Add(branch);
        }

        foreach (var (file, text) in documents)
            strategy.Read(file, text);
        return strategy;
    }

    private void Read(SourceFile file, MarkdownText text)
    {
        foreach (var item in text.Items)
            ReadCheck(file, item);
        foreach (var line in text.Items.Concat(text.Prose).Concat(text.Rows))
            ReadPromise(file, line);
        // A list of commands promises something only where the document is about delivery.
        var declares = _branches.Exists(branch => branch.File == file.Path) || DeclaringName().IsMatch(file.Name);
        foreach (var block in text.Blocks.Where(_ => declares))
        {
            if (block.Language is "env" or "dotenv" or "ini" or "properties")
                ReadVariables(file, block);
            else if (block.IsShell)
                _commands.Add((file, block));
        }
    }

    private void ReadCheck(SourceFile file, MarkdownLine item)
    {
        var promise = new Promise(file.Path, item.Line, item.Text, null, BranchOf(item.Headings));
        if (StatusHeading().IsMatch(item.Parents.Length > 0 ? item.Parents.Split(" > ")[^1] : item.Headings.Split(" > ")[^1]) && CodeName().Match(item.Text) is { Success: true } name)
            _reported.Add(promise with { Text = name.Groups[1].Value });
        else if (CheckHeading().IsMatch(item.Parents.Length > 0 ? item.Parents.Split(" > ")[0] : item.Headings.Split(" > ")[^1]) && CapabilityOf(item.Text) is { } capability)
            _checks.Add(promise with { Capability = capability });
    }

    private void ReadPromise(SourceFile file, MarkdownLine line)
    {
        var promise = new Promise(file.Path, line.Line, line.Text, null, BranchOf(line.Headings));
        if (CoveragePercent().IsMatch(line.Text) && Demand().IsMatch(line.Text))
            CoverageFloor ??= promise;
        if (ForwardOnlyWords().IsMatch(line.Text))
            ForwardOnly ??= promise;
        if (BackupWords().IsMatch(line.Text))
            BackupFirst ??= promise;
        if (ScalingWords().IsMatch(line.Text))
            AutoScaling ??= promise;
    }

    private void ReadVariables(SourceFile file, MarkdownBlock block)
    {
        for (var at = 0; at < block.Lines.Count; at++)
        {
            var line = block.Lines[at].Trim();
            var equals = line.IndexOf('=', StringComparison.Ordinal);
            if (equals > 0 && !line.StartsWith('#'))
                _variables.Add(new(file.Path, block.Line + at, line[..equals].Trim(), line[(equals + 1)..].Trim(), block.Headings.Split(" > ")[^1].Split(' ')[0].ToLowerInvariant()));
        }
    }

    private string? BranchOf(string headings) => _branches
        .Where(branch => Regex.IsMatch(headings, $@"(?<![\w-]){Regex.Escape(branch.Name)}(?![\w-])", RegexOptions.IgnoreCase))
        .Select(branch => branch.Name).FirstOrDefault();

    private static Capability? CapabilityOf(string text) => text.ToLowerInvariant() switch
    {
        var t when t.Contains("container", StringComparison.Ordinal) || t.Contains("docker", StringComparison.Ordinal) || t.Contains("image scan", StringComparison.Ordinal) => Capability.Scan,
        var t when t.Contains("audit", StringComparison.Ordinal) || t.Contains("dependency scan", StringComparison.Ordinal) || t.Contains("vulnerabilit", StringComparison.Ordinal) => Capability.Audit,
        var t when t.Contains("integration test", StringComparison.Ordinal) || t.Contains("end-to-end", StringComparison.Ordinal) || t.Contains("e2e", StringComparison.Ordinal) => Capability.Integration,
        var t when t.Contains("benchmark", StringComparison.Ordinal) || t.Contains("load test", StringComparison.Ordinal) => Capability.Benchmark,
        var t when t.Contains("format", StringComparison.Ordinal) || t.Contains("lint", StringComparison.Ordinal) => Capability.Format,
        var t when t.Contains("coverage", StringComparison.Ordinal) && !t.Contains("suite", StringComparison.Ordinal) => Capability.Coverage,
        var t when t.Contains("test", StringComparison.Ordinal) => Capability.Tests,
        var t when t.Contains("documentation", StringComparison.Ordinal) => Capability.Docs,
        _ => null,
    };

    private static bool IsCandidate(SourceFile file) => file.Extension is ".md" or ".markdown" && !file.IsAside
        && !file.Path.Contains("/adr/", StringComparison.Ordinal) && !file.Path.Contains("TEMPLATE", StringComparison.OrdinalIgnoreCase)
        && (CandidateName().IsMatch(file.Name) || file.Path.Equals("README.md", StringComparison.OrdinalIgnoreCase));

    [GeneratedRegex(@"(?i)(deploy|strategy|release|pipeline|delivery|ci-?cd|^ci\.|environments|branch|contributing|workflow|operations|production|runbook|gates?\.)")]
    private static partial Regex CandidateName();

    [GeneratedRegex(@"(?i)(deploy|strategy|delivery|release|operations|runbook|rollback)")]
    private static partial Regex DeclaringName();

    [GeneratedRegex(@"(?i)(required checks|required gates|quality gates|mandatory checks|merge requirements|must pass|required to pass|checks before merg)")]
    private static partial Regex CheckHeading();

    [GeneratedRegex(@"(?i)\bstatus checks\b")]
    private static partial Regex StatusHeading();

    [GeneratedRegex(@"^`([^`]+)`")]
    private static partial Regex CodeName();

    [GeneratedRegex(@"(?i)\d+\s*%\+?.{0,20}coverage|coverage.{0,30}\d+\s*%")]
    private static partial Regex CoveragePercent();

    // A figure alone reports; these words demand.
    [GeneratedRegex(@"(?i)(%\s*\+|at least|minimum|maintain|must|require|threshold|below|>=|≥|not drop|keep)")]
    private static partial Regex Demand();

    [GeneratedRegex(@"(?i)(forward[- ]only|never (rolled back|reverted)|no down migrations)")]
    private static partial Regex ForwardOnlyWords();

    [GeneratedRegex(@"(?i)back(ed )?-?up.{0,30}(before|prior to|ahead of).{0,20}(deploy|release|migrat)")]
    private static partial Regex BackupWords();

    [GeneratedRegex(@"(?i)auto-?\s?scal(ing|es)")]
    private static partial Regex ScalingWords();
}

/// <summary>A line that promises something.</summary>
public sealed record Promise(string File, int Line, string Text, Capability? Capability, string? Branch)
{
    public override string ToString() => $"{File}:{Line}: {Text}";
}

/// <summary>A variable's promised value; the environment by its first word in lower case.</summary>
public sealed record DeclaredVariable(string File, int Line, string Name, string Value, string Environment);
