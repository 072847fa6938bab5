using WasmWizard.Delivery.Gates;

namespace WasmWizard.Delivery.Reports;

/// <summary>One row per gate, in the strategy's order.</summary>
internal static class GateTable
{
    public static Html Render(Verification verification) => Html.Of($"""
        <div class="scroll"><table class="gates">
        <thead><tr><th>Gate</th><th>Answer</th><th>On this branch</th><th>Observed</th><th class="number">Took</th><th>From</th></tr></thead>
        <tbody>
        {Html.Join(verification.Answers.Select(Row))}</tbody></table></div>
        """);

    /// <summary>A verdict as sign and word.</summary>
    public static Html Verdict(GateAnswer answer)
    {
        var (kind, sign) = answer.IsBuilt ? Looks(answer.Result.Verdict) : ("inconclusive", "–");
        return Html.Of($"""<span class="verdict {kind}"><b aria-hidden="true">{sign}</b> {(answer.IsBuilt ? answer.Result.Verdict.ToString() : "Not built")}</span>""");
    }

    /// <summary>Class of the style sheet, and a sign for those who do not see colours.</summary>
    public static (string Kind, string Sign) Looks(Verdict verdict) => verdict switch
    {
        Gates.Verdict.Passed => ("passed", "✓"),
        Gates.Verdict.Refused => ("refused", "✕"),
        Gates.Verdict.Errored => ("errored", "!"),
        _ => ("inconclusive", "?"),
    };

    private static Html Row(GateAnswer answer) => Html.Of($"""
        <tr{(answer.Clearance == Clearance.Blocks ? Html.Of($" class=\"blocks\"") : default)}><th scope="row">{answer.Rule.Gate}</th><td>{Verdict(answer)}</td><td><span class="strength">{answer.Rule.Strength}</span><span class="demand">{answer.Rule.Demand}</span></td><td>{answer.Result.Reason}{Fix(answer)}</td><td class="number">{Took(answer)}</td><td class="when">{From(answer)}</td></tr>

        """);

    private static Html Fix(GateAnswer answer) => answer.Result.Fix.Length == 0 ? default : Html.Of($"""<span class="fix">{answer.Result.Fix}</span>""");

    private static string Took(GateAnswer answer) => answer.Evidence is { } evidence ? Amounts.Duration(evidence.Duration) : "";

    private static string From(GateAnswer answer) => answer.Evidence is { } evidence ? Amounts.Time(evidence.At) : "never";
}
