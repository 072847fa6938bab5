namespace WasmWizard.Delivery.Gates;

/// <summary>The name of a gate as people type it and as evidence files are called.</summary>
public readonly record struct GateId
{
    public static readonly GateId Audit = new("audit");
    public static readonly GateId Format = new("format");
    public static readonly GateId Tests = new("tests");
    public static readonly GateId Coverage = new("coverage");
    public static readonly GateId Scan = new("scan");
    public static readonly GateId Benchmark = new("benchmark");
    public static readonly GateId Docs = new("docs");
    public static readonly GateId Migrations = new("migrations");
    public static readonly GateId Generated = new("generated");
    public static readonly GateId Integration = new("integration");

    private readonly string? _word;

    private GateId(string word) => _word = word;

    /// <summary>Every gate there is, in the order of contracts.md.</summary>
    public static IReadOnlyList<GateId> All { get; } =
        [Audit, Format, Tests, Coverage, Scan, Benchmark, Docs, Migrations, Generated, Integration];

    /// <summary>The target that measures this gate, as people type it.</summary>
    public string Target => _word switch
    {
        "tests" or "coverage" => "Test",
        "generated" => "VerifyGenerated",
        { Length: > 0 } word => char.ToUpperInvariant(word[0]) + word[1..],
        _ => "",
    };

    /// <summary>Reads a gate's word exactly as written in contracts.md; null when there is no such gate.</summary>
    public static GateId? Parse(string word) => All.Where(gate => gate._word == word).Cast<GateId?>().FirstOrDefault();

    public override string ToString() => _word ?? "";
}
