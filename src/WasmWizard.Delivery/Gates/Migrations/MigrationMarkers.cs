namespace WasmWizard.Delivery.Gates.Migrations;

/// <summary>
/// Comments that carry a decision. <c>-- contract: REASON</c> before the first statement: this migration removes what no serving release
/// uses any more. <c>-- accept RULE: REASON</c> directly before a statement: this hazard was weighed. Without a reason neither counts.
/// </summary>
public static class MigrationMarkers
{
    private const string ContractWord = "contract:";
    private const string AcceptWord = "accept ";

    public static bool IsContract(IEnumerable<string> comments) =>
        comments.Any(comment => comment.StartsWith(ContractWord, StringComparison.Ordinal) && comment[ContractWord.Length..].Trim().Length > 0);

    /// <summary>Ids of the rules that the comments accept.</summary>
    public static IReadOnlyList<string> Accepted(IEnumerable<string> comments) =>
    [
        .. from comment in comments
           where comment.StartsWith(AcceptWord, StringComparison.Ordinal)
           let parts = comment[AcceptWord.Length..].Split(':', 2)
           where parts.Length == 2 && parts[1].Trim().Length > 0
           select parts[0].Trim(),
    ];
}
