using WasmWizard.Delivery.Evidence;
using WasmWizard.Delivery.Gates;

/// <summary>
/// Evidence on disk: the latest answer of each gate where people and later jobs look for it, and an archive by tree, so that going back
/// to an earlier tree finds its answers again.
/// </summary>
public sealed class EvidenceFolder(AbsolutePath latest, AbsolutePath archive)
{
    private const int KeptInArchive = 100;

    /// <summary>The newest whole evidence of this gate about this tree, else about any; null when there is none.</summary>
    public GateEvidence? Find(GateId gate, string tree)
    {
        var newest = Read(latest / $"{gate}.json");
        return newest?.Subject.Tree == tree ? newest : Read(Archived(gate, tree)) ?? newest;
    }

    public void Write(GateEvidence evidence)
    {
        var json = EvidenceJson.Write(evidence);
        Replace(latest / $"{evidence.Gate}.json", json);
        Replace(Archived(evidence.Gate, evidence.Subject.Tree), json);
        foreach (var outdated in archive.GlobFiles("*.json").OrderByDescending(file => File.GetLastWriteTimeUtc(file)).Skip(KeptInArchive))
            outdated.DeleteFile();
    }

    private AbsolutePath Archived(GateId gate, string tree) => archive / $"{tree}.{gate}.json";

    private static GateEvidence? Read(AbsolutePath file) => File.Exists(file) ? EvidenceJson.Read(File.ReadAllText(file)) : null;

    /// <summary>Whole or not at all: a reader never meets half a document.</summary>
    private void Replace(AbsolutePath file, string text)
    {
        Directory.CreateDirectory(latest);
        Directory.CreateDirectory(archive);
        var half = $"{file}.{System.Environment.ProcessId}";
        File.WriteAllText(half, text);
        File.Move(half, file, overwrite: true);
    }
}
