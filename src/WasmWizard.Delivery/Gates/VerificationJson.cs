using System.Text.Json;
using System.Text.Json.Serialization;

namespace WasmWizard.Delivery.Gates;

/// <summary>
/// The document of <c>Verify</c> and <c>Explain</c>:
/// <c>{"environment":"research","branch":"research","tree":"9f…","allowed":true,"gates":[{"name":"tests","verdict":"Passed","strength":"Required",
/// "reason":"…","evidence":"artifacts/evidence/tests.json","fix":""}],"remedies":[{"gates":["docs"],"action":"./build.sh Docs --branch research"}]}</c>.
/// <c>evidence</c> is null where there is none; <c>remedies</c> is the smallest set of things to do, empty when allowed.
/// </summary>
public static class VerificationJson
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Converters = { new JsonStringEnumConverter() },
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <param name="verification">What to write.</param>
    /// <param name="branch">The branch that asked.</param>
    /// <param name="tree">The judged tree.</param>
    public static string Write(Verification verification, string branch, string tree) => JsonSerializer.Serialize(
        new Document(verification.Environment.Word, branch, tree, verification.Allowed, [.. verification.Answers.Select(Row)], [.. Remedy.Of(verification).Select(Row)]),
        Options);

    private static GateRow Row(GateAnswer answer) => new(
        answer.Rule.Gate.ToString(),
        answer.Result.Verdict,
        answer.Rule.Strength,
        answer.IsBuilt,
        answer.Result.Reason,
        answer.Result.Measurements,
        answer.Evidence is null ? null : $"artifacts/evidence/{answer.Rule.Gate}.json",
        answer.Evidence?.At,
        answer.Result.Fix);

    private static RemedyRow Row(Remedy remedy) => new([.. remedy.Gates.Select(gate => gate.ToString())], remedy.Action);

    private sealed record Document(string Environment, string Branch, string Tree, bool Allowed, IReadOnlyList<GateRow> Gates, IReadOnlyList<RemedyRow> Remedies);

    private sealed record RemedyRow(IReadOnlyList<string> Gates, string Action);

    private sealed record GateRow(
        string Name,
        Verdict Verdict,
        Strength Strength,
        bool Built,
        string Reason,
        IReadOnlyDictionary<string, decimal> Measurements,
        string? Evidence,
        DateTimeOffset? At,
        string Fix);
}
