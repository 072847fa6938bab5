using System.Globalization;

namespace WasmWizard.Delivery.Gates;

/// <summary>A verification for people: one line per gate, aligned, then what to do about those that block.</summary>
public static class VerificationText
{
    /// <param name="verification">What to show.</param>
    /// <param name="began">When this run began: evidence from before says from when it is.</param>
    public static IReadOnlyList<string> Lines(Verification verification, DateTimeOffset began)
    {
        var name = verification.Answers.Max(answer => answer.Rule.Gate.ToString().Length);
        return
        [
            .. verification.Answers.Select(answer => Line(answer, name, began)),
            "",
            .. Reuse(verification, began),
            verification.Allowed ? $"{verification.Environment.Word}: allowed" : $"{verification.Environment.Word}: blocked. To change that:",
            .. Remedy.Of(verification).Select(remedy => $"  {remedy}"),
        ];
    }

    private static string Line(GateAnswer answer, int name, DateTimeOffset began)
    {
        var sign = answer.Clearance switch { Clearance.Clear => "+", Clearance.Shown => "~", _ => "x" };
        var verdict = answer.IsBuilt ? answer.Result.Verdict.ToString() : "not built";
        var reason = answer.IsBuilt ? answer.Result.Reason : answer.Rule.Demand;
        var age = answer.Evidence is { } evidence && evidence.At < began ? $" (from {Minute(evidence.At)})" : "";
        return $"{sign} {answer.Rule.Gate.ToString().PadRight(name)}  {verdict,-12}  {answer.Rule.Strength,-8}  {reason}{age}";
    }

    /// <summary>Told only where every answer is of an earlier run: then nothing was measured, and people should know.</summary>
    private static IEnumerable<string> Reuse(Verification verification, DateTimeOffset began)
    {
        var times = verification.Answers.Where(answer => answer.IsBuilt).Select(answer => answer.Evidence?.At).ToList();
        if (times.Count == 0 || times.Any(time => time is null || time >= began))
            yield break;
        var (oldest, newest) = (Minute(times.Min()!.Value), Minute(times.Max()!.Value));
        yield return $"nothing was measured: every answer is evidence {(oldest == newest ? $"from {oldest}" : $"from {oldest} to {newest}")}";
    }

    private static string Minute(DateTimeOffset at) => $"{at.ToUniversalTime().ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)} UTC";
}
