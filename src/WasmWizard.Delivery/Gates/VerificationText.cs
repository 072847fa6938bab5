using System.Globalization;

namespace WasmWizard.Delivery.Gates;

/// <summary>A verification for people: one line per gate, aligned, then what to do about those that block.</summary>
public static class VerificationText
{
    /// <param name="verification">What to show.</param>
    /// <param name="now">Ages of evidence are told against it.</param>
    public static IReadOnlyList<string> Lines(Verification verification, DateTimeOffset now)
    {
        var name = verification.Answers.Max(answer => answer.Rule.Gate.ToString().Length);
        return
        [
            .. verification.Answers.Select(answer => Line(answer, name, now)),
            "",
            verification.Allowed ? $"{verification.Environment.Word}: allowed" : $"{verification.Environment.Word}: blocked. To change that:",
            .. verification.Blocking.Select(answer => $"  {answer.Rule.Gate}: {answer.Result.Fix}").Distinct(),
        ];
    }

    private static string Line(GateAnswer answer, int name, DateTimeOffset now)
    {
        var sign = answer.Clearance switch { Clearance.Clear => "+", Clearance.Shown => "~", _ => "x" };
        var verdict = answer.IsBuilt ? answer.Result.Verdict.ToString() : "not built";
        var reason = answer.IsBuilt ? answer.Result.Reason : answer.Rule.Demand;
        var age = answer.Evidence is { } evidence && now - evidence.At > TimeSpan.FromMinutes(1)
            ? $" (from {evidence.At.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)} UTC)"
            : "";
        return $"{sign} {answer.Rule.Gate.ToString().PadRight(name)}  {verdict,-12}  {answer.Rule.Strength,-8}  {reason}{age}";
    }
}
