using System.Globalization;

namespace WasmWizard.Delivery.Evidence;

/// <summary>Whether an earlier answer still answers the question, and if not, why.</summary>
public abstract record EvidenceReuse
{
    /// <summary>So many changed files are named; the others are counted.</summary>
    private const int NamedFiles = 3;

    private EvidenceReuse()
    {
    }

    public sealed record Holds(GateEvidence Evidence) : EvidenceReuse;

    /// <summary>The gate went wrong or could not tell: it is asked again, and until then that is the answer.</summary>
    public sealed record Undecided(GateEvidence Evidence) : EvidenceReuse;

    /// <param name="Because">What is missing or differs, in a person's words.</param>
    public sealed record Lapsed(string Because) : EvidenceReuse;

    /// <summary>Only a measured answer (Passed or Refused) about the very subject and inputs is reused.</summary>
    /// <param name="earlier">The recorded evidence; null when there is none or it could not be read.</param>
    /// <param name="subject">What the question is about.</param>
    /// <param name="inputs">What else the answer depends on.</param>
    /// <param name="changedSince">The paths that differ from an earlier tree; null when that tree is no longer known.</param>
    /// <param name="now">Judged against <paramref name="lifetime"/>.</param>
    /// <param name="lifetime">How long an answer of this gate stays valid; null for ever.</param>
    public static EvidenceReuse Judge(
        GateEvidence? earlier,
        EvidenceSubject subject,
        IReadOnlyDictionary<string, string> inputs,
        Func<string, IReadOnlyList<string>?> changedSince,
        DateTimeOffset now,
        TimeSpan? lifetime) => earlier switch
        {
            null => new Lapsed("not measured yet"),
            _ when earlier.Subject.Tree != subject.Tree => new Lapsed(Since(earlier, Files(changedSince(earlier.Subject.Tree)))),
            _ when earlier.Subject.Image != subject.Image => new Lapsed(Since(earlier, Other("image", earlier.Subject.Image, subject.Image))),
            _ when earlier.Subject.Base != subject.Base => new Lapsed(Since(earlier, Other("base of the image", earlier.Subject.Base, subject.Base))),
            _ when NamedInputs.Changes(earlier.Inputs, inputs) is [var first, ..] => new Lapsed(Since(earlier, Other(first.Name, first.Earlier, first.Now))),
            _ when lifetime is { } span && now - earlier.At > span => new Lapsed(Since(earlier, $"more than {span.TotalHours:0} h passed")),
            { Result.Verdict: Gates.Verdict.Errored or Gates.Verdict.Inconclusive } => new Undecided(earlier),
            _ => new Holds(earlier),
        };

    private static string Since(GateEvidence earlier, string change) =>
        $"{change} since {earlier.At.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)} UTC";

    private static string Files(IReadOnlyList<string>? changed) => changed switch
    {
        null or [] => "files changed",
        { Count: <= NamedFiles } => $"{string.Join(", ", changed)} changed",
        _ => $"{string.Join(", ", changed.Take(NamedFiles))} and {changed.Count - NamedFiles} more changed",
    };

    private static string Other(string name, string? then, string? now) => $"the {name} changed ({then ?? "none"} then, {now ?? "none"} now)";
}
