using WasmWizard.Delivery.Gates.Migrations.Sql;

namespace WasmWizard.Delivery.Gates.Migrations;

/// <summary>What the gate judges.</summary>
/// <param name="Files">Every file below the folder of migrations but the lock.</param>
/// <param name="Lock">Text of the lock; null when there is none.</param>
/// <param name="BaseLock">Text of the lock at the base of the branch; null when the base has none or there is no base.</param>
public sealed record MigrationSet(IReadOnlyList<MigrationFile> Files, string? Lock, string? BaseLock);

/// <summary>Judges whether every migration is safe beside the serving release, only goes forward, and is the one that was locked.</summary>
public static class MigrationsGate
{
    public const string LockCommand = "./build.sh Migrations --lock";

    private const int ShownFindings = 3;

    public static GateResult Judge(MigrationSet set)
    {
        if (set.Files.Count == 0)
            return new(Verdict.Inconclusive, "no migrations were found: nothing was judged", "run it where src/WasmWizard.Service/Migrations is");
        try
        {
            return Answer(Findings(set), set.Files.Count);
        }
        catch (Exception unreadable) when (unreadable is FormatException)
        {
            return new(Verdict.Errored, unreadable.Message, "write the statement in a form that the lint understands, or mend the file");
        }
    }

    /// <summary>Everything wrong, in the order of files.</summary>
    /// <exception cref="FormatException">A file cannot be read; the message has its path and line.</exception>
    public static IReadOnlyList<MigrationFinding> Findings(MigrationSet set) =>
        [.. Forward(set.Files), .. Locked(set), .. set.Files.Where(file => file.Engine is not null).SelectMany(Lint)];

    private static GateResult Answer(IReadOnlyList<MigrationFinding> findings, int files)
    {
        var measurements = new Dictionary<string, decimal> { ["files"] = files, ["findings"] = findings.Count, ["rules"] = Rules.MigrationRules.All.Count };
        return findings.Count == 0
            ? new(Verdict.Passed, $"{files} migrations break none of {Rules.MigrationRules.All.Count} rules; forward only; checksums as locked") { Measurements = measurements }
            : new(Verdict.Refused, $"{findings.Count} findings: {string.Join("; ", findings.Take(ShownFindings).Select(finding => $"{finding.Path}{(finding.Line > 0 ? $":{finding.Line}" : "")} {finding.Rule}: {finding.Observed}"))}", findings[0].Recipe) { Measurements = measurements };
    }

    /// <summary>Only <c>Engine/NNNN_name.sql</c>, numbered from 1 without gaps, the same on every engine: no file can take anything back.</summary>
    private static IEnumerable<MigrationFinding> Forward(IReadOnlyList<MigrationFile> files)
    {
        foreach (var file in files.Where(file => file.Engine is null || file.Name is null))
            yield return new("forward-only", file.Path, 0, "this is no Postgres/NNNN_name.sql or Sqlite/NNNN_name.sql; scripts that go back are not run and not kept", "write a new migration that goes forward");
        var named = files.Where(file => file.Engine is not null && file.Name is not null).ToList();
        foreach (var engine in named.GroupBy(file => file.Engine))
            foreach (var (index, file) in engine.OrderBy(file => file.Path, StringComparer.Ordinal).Index().Where(pair => pair.Item.Version != pair.Index + 1))
                yield return new("numbering", file.Path, 0, $"number {file.Version} stands where {index + 1} is due", $"call it {index + 1:0000}_...");
        foreach (var alone in named.GroupBy(file => file.Name).Where(group => group.Count() != Enum.GetValues<SqlEngine>().Length))
            yield return new("both-engines", alone.First().Path, 0, "the other engine has no migration of this name", "write it for both engines");
    }

    private static IEnumerable<MigrationFinding> Locked(MigrationSet set)
    {
        var locked = MigrationLock.Parse(set.Lock ?? "");
        var based = MigrationLock.Parse(set.BaseLock ?? "");
        foreach (var (path, checksum) in based.Where(entry => locked.GetValueOrDefault(entry.Key) != entry.Value))
            yield return new("lock-changed", path, 0, $"the base of this branch locked {checksum[..12]}, {MigrationLock.FileName} says {locked.GetValueOrDefault(path)?[..12] ?? "nothing"}", "take the file and its line back as they are at the base, and write a new migration");
        foreach (var (path, _) in locked.Where(entry => set.Files.All(file => file.Path != entry.Key)))
            yield return new("missing", path, 0, "it is locked and not there", "bring the file back: databases that ran it expect it");
        foreach (var file in set.Files.Where(file => file.Engine is not null))
            if (locked.GetValueOrDefault(file.Path) is not { } wanted)
                yield return new("not-locked", file.Path, 0, $"{MigrationLock.FileName} does not list it", LockCommand);
            else if (wanted != file.Checksum)
                yield return new("checksum", file.Path, 0, $"it was edited after it was locked: {wanted[..12]} locked, {file.Checksum[..12]} found", based.ContainsKey(file.Path) ? "take the edit back and write a new migration" : $"where no database ran it yet: {LockCommand}");
    }

    private static IReadOnlyList<MigrationFinding> Lint(MigrationFile file)
    {
        try
        {
            return MigrationLint.Check(file.Engine!.Value, file.Path, file.Sql);
        }
        catch (UnreadableSqlException unreadable)
        {
            throw new FormatException($"{file.Path}:{unreadable.Line} cannot be read: {unreadable.Message}; nothing is known about what it does", unreadable);
        }
    }
}
