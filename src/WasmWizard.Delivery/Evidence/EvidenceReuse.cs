namespace WasmWizard.Delivery.Evidence;

/// <summary>Whether an earlier answer still answers the question, and if not, why.</summary>
public abstract record EvidenceReuse
{
    private EvidenceReuse()
    {
    }

    public sealed record Holds(GateEvidence Evidence) : EvidenceReuse;

    /// <param name="Because">What is missing or differs, in a person's words.</param>
    public sealed record Lapsed(string Because) : EvidenceReuse;

    /// <summary>
    /// Only a measured answer (Passed or Refused) about the very subject and inputs is reused: a gate that went wrong or could not tell
    /// is asked again.
    /// </summary>
    /// <param name="earlier">The recorded evidence; null when there is none or it could not be read.</param>
    /// <param name="subject">What the question is about.</param>
    /// <param name="inputs">What else the answer depends on.</param>
    /// <param name="now">Judged against <paramref name="lifetime"/>.</param>
    /// <param name="lifetime">How long an answer of this gate stays valid; null for ever.</param>
    public static EvidenceReuse Judge(
        GateEvidence? earlier,
        EvidenceSubject subject,
        IReadOnlyDictionary<string, string> inputs,
        DateTimeOffset now,
        TimeSpan? lifetime) => earlier switch
        {
            null => new Lapsed("not measured yet"),
            _ when earlier.Subject.Tree != subject.Tree => new Lapsed("measured on other files"),
            _ when earlier.Subject.Image != subject.Image => new Lapsed("measured on another image"),
            _ when earlier.Subject.Base != subject.Base => new Lapsed("measured on another base"),
            { Result.Verdict: Gates.Verdict.Errored or Gates.Verdict.Inconclusive } => new Lapsed($"last answer was {earlier.Result.Verdict}"),
            _ when ChangedInput(earlier.Inputs, inputs) is { } name => new Lapsed($"{name} changed"),
            _ when lifetime is { } span && now - earlier.At > span => new Lapsed($"older than {span.TotalHours:0} h"),
            _ => new Holds(earlier),
        };

    private static string? ChangedInput(IReadOnlyDictionary<string, string> earlier, IReadOnlyDictionary<string, string> now) =>
        earlier.Keys.Union(now.Keys).Order(StringComparer.Ordinal)
            .FirstOrDefault(name => earlier.GetValueOrDefault(name) != now.GetValueOrDefault(name));
}
