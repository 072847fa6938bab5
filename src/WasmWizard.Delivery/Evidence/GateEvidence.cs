using WasmWizard.Delivery.Gates;

namespace WasmWizard.Delivery.Evidence;

/// <summary>A gate's answer about one subject, with everything needed to trust or repeat it; the file <c>artifacts/evidence/&lt;gate&gt;.json</c>.</summary>
public sealed record GateEvidence
{
    public required GateId Gate { get; init; }

    public required EvidenceSubject Subject { get; init; }

    /// <summary>What else the answer depends on, by name: demand, suite, tool versions. Equal subject and inputs give an equal answer.</summary>
    public required IReadOnlyDictionary<string, string> Inputs { get; init; }

    public required GateResult Result { get; init; }

    public required DateTimeOffset At { get; init; }

    public required TimeSpan Duration { get; init; }

    /// <summary>Reports behind the answer, relative to the repository's root.</summary>
    public IReadOnlyList<string> Files { get; init; } = [];

    /// <summary>Up to when the data that the answer was judged by is complete; null for a gate that measures by itself.</summary>
    public DateTimeOffset? DataAsOf { get; init; }
}

/// <summary>What an answer is about.</summary>
/// <param name="Tree">Git tree hash of the judged files, uncommitted changes included.</param>
/// <param name="Image">Digest of the judged image; null for gates about source.</param>
/// <param name="Base">Digest of what the judged image was built on; null for gates about source.</param>
public sealed record EvidenceSubject(string Tree, string? Image = null, string? Base = null);
