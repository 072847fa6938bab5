using WasmWizard.Delivery.Gates;
using WasmWizard.Delivery.Gates.Migrations;

/// <summary>Reads the service's migrations and has the gate judge them.</summary>
public sealed class MigrationsFolder(Workspace workspace)
{
    private const string Relative = "src/WasmWizard.Service/Migrations";

    /// <summary>Names of the migrations that contract.</summary>
    public IReadOnlyList<string> Contracting => WasmWizard.Delivery.Migrations.Contracting.Of(Read().Files);

    private AbsolutePath Folder => workspace.Root / Relative;

    private AbsolutePath LockFile => Folder / MigrationLock.FileName;

    private AbsolutePath Report => workspace.Artifacts / "migrations";

    public IReadOnlyDictionary<GateId, GateResult> Run(bool addToLock)
    {
        var started = workspace.Time.GetTimestamp();
        var set = Read();
        if (addToLock)
        {
            LockFile.WriteAllText(MigrationLock.Write(set.Files, MigrationLock.Parse(set.BaseLock ?? "")));
            set = set with { Lock = File.ReadAllText(LockFile) };
        }

        var result = MigrationsGate.Judge(set);
        WriteFindings(set, result);
        workspace.Desk.Record(GateId.Migrations, result, workspace.Time.GetElapsedTime(started), suite: null, "artifacts/migrations");
        return new Dictionary<GateId, GateResult> { [GateId.Migrations] = result };
    }

    private MigrationSet Read()
    {
        var files = Directory.Exists(Folder) ? Directory.GetFiles(Folder, "*", SearchOption.AllDirectories) : [];
        var lockPath = $"{Relative}/{MigrationLock.FileName}";
        return new(
            [.. files.Where(file => file != LockFile).Order(StringComparer.Ordinal)
                .Select(file => new MigrationFile(Path.GetRelativePath(Folder, file).Replace('\\', '/'), File.ReadAllText(file)))],
            File.Exists(LockFile) ? File.ReadAllText(LockFile) : null,
            workspace.Checkout.Base(workspace.Policy.Environment.Branch) is { } commit ? workspace.Checkout.TextAt(commit, lockPath) : null);
    }

    /// <summary>The gate's reason names the first findings, the file has them all, each with its recipe.</summary>
    private void WriteFindings(MigrationSet set, GateResult result)
    {
        var findings = result.Verdict == Verdict.Refused ? MigrationsGate.Findings(set).Select(finding => finding.ToString()) : [];
        Report.CreateOrCleanDirectory();
        (Report / "findings.txt").WriteAllText(string.Concat(findings.Select(finding => finding + "\n")));
        foreach (var finding in findings)
            Log.Warning("{Finding:l}", finding);
    }
}
