namespace WasmWizard.Delivery.Gates.Migrations;

/// <summary>Something wrong with a migration.</summary>
/// <param name="Rule">The rule's id.</param>
/// <param name="Path">Relative to the folder of migrations.</param>
/// <param name="Line">From 1; 0 for the file as a whole.</param>
/// <param name="Observed">What was found and what would follow.</param>
/// <param name="Recipe">What to do instead.</param>
public sealed record MigrationFinding(string Rule, string Path, int Line, string Observed, string Recipe)
{
    public override string ToString() => $"{Path}{(Line > 0 ? $":{Line}" : "")} {Rule}: {Observed}. Instead: {Recipe}";
}
