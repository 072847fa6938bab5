using WasmWizard.Delivery.Gates;
using WasmWizard.Delivery.Gates.Audit;
using WasmWizard.Delivery.SupplyChain;
using WasmWizard.Delivery.SupplyChain.Scan;

/// <summary>What a gate found, for programs: as contracts.md shapes it and as SARIF.</summary>
public static class FindingFiles
{
    /// <returns>The files, relative to the root.</returns>
    public static string[] Write(Workspace workspace, AbsolutePath folder, GateRule rule, GateResult result, string tool, IReadOnlyList<Finding> findings)
    {
        folder.CreateOrCleanDirectory();
        var (json, sarif) = (folder / $"{rule.Gate}.json", folder / $"{rule.Gate}.sarif");
        json.WriteAllText(FindingsJson.Write(rule, result, findings));
        sarif.WriteAllText(SarifLog.Write(rule.Gate, tool, findings));
        return [Relative(json), Relative(sarif)];

        string Relative(AbsolutePath file) => Path.GetRelativePath(workspace.Root, file).Replace('\\', '/');
    }
}
