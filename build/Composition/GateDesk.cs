using System.Reflection;
using WasmWizard.Delivery.Environments;
using WasmWizard.Delivery.Evidence;
using WasmWizard.Delivery.Gates;
using WasmWizard.Delivery.Gates.Tests;

/// <summary>Where gates get their rule, leave their evidence and hear what follows from it.</summary>
/// <param name="image">What a gate about the image is asked about: the one at hand of this tree.</param>
public sealed class GateDesk(
    DeliveryStrategy strategy, BranchPolicy policy, Checkout checkout, EvidenceFolder evidence, Func<EvidenceSubject> image, TimeProvider time)
{
    /// <summary>Known vulnerabilities change by the day, whatever the files do.</summary>
    private static readonly TimeSpan LifetimeOfData = TimeSpan.FromHours(24);

    public GateRule Rule(GateId gate) => policy.Environment.Gates.Single(rule => rule.Gate == gate);

    /// <summary>Whether all these gates have an answer about this very tree that still counts.</summary>
    public bool Holds(params GateId[] gates) => gates.All(gate => Reuse(Rule(gate)) is EvidenceReuse.Holds);

    public Verification Verify() => Verification.Of(strategy, policy.Environment, Reuse);

    /// <summary>Writes the answer down; a suite other than the branch's is recorded as such and does not count for the branch.</summary>
    public void Record(GateId gate, GateResult result, TimeSpan duration, TestSuite? suite = null, params string[] files) =>
        Record(gate, result, new() { Duration = duration, Suite = suite, Files = files });

    /// <summary>Writes the answer down with how it came about.</summary>
    public void Record(GateId gate, GateResult result, GateRun run) => evidence.Write(new()
    {
        Gate = gate,
        Subject = Subject(gate),
        Inputs = Inputs(Rule(gate), run.Suite ?? policy.Environment.Suite),
        Result = result,
        At = time.GetUtcNow(),
        Duration = run.Duration,
        Files = run.Files,
        DataAsOf = run.DataAsOf,
    });

    /// <summary>Says the answer, and that a deployment would be blocked, where it would.</summary>
    public bool Announce(GateId gate, GateResult result)
    {
        var rule = Rule(gate);
        var blocks = result.Verdict.Under(rule.Strength) == Clearance.Blocks;
        if (result.Verdict == Verdict.Passed)
            Log.Information("{Gate:l}: {Verdict:l}: {Reason:l}", gate.ToString(), result.Verdict.ToString(), result.Reason);
        else
            Log.Warning("{Gate:l}: {Verdict:l} ({Strength:l} on {Branch:l}): {Reason:l}. Next: {Fix:l}", gate.ToString(), result.Verdict.ToString(), rule.Strength.ToString(), policy.Branch, result.Reason, result.Fix);
        return blocks;
    }

    private EvidenceReuse Reuse(GateRule rule) => EvidenceReuse.Judge(
        evidence.Find(rule.Gate, checkout.Tree),
        Subject(rule.Gate),
        Inputs(rule, policy.Environment.Suite),
        checkout.ChangedSinceTree,
        time.GetUtcNow(),
        rule.Gate == GateId.Audit || rule.Gate == GateId.Scan ? LifetimeOfData : null);

    /// <summary>A gate about the image answers for this one only: its digest, on its base.</summary>
    private EvidenceSubject Subject(GateId gate) => gate == GateId.Scan ? image() : new(checkout.Tree);

    private Dictionary<string, string> Inputs(GateRule rule, TestSuite suite)
    {
        var inputs = new Dictionary<string, string> { ["demand"] = rule.Demand, ["sdk"] = SdkVersion };
        if (rule.Gate == GateId.Tests || rule.Gate == GateId.Coverage)
            inputs["suite"] = suite.ToString().ToLowerInvariant();
        if (rule.Gate == GateId.Migrations || rule.Gate == GateId.Docs || rule.Gate == GateId.Benchmark)
            inputs["base commit"] = checkout.Base(policy.Environment.Branch) ?? "none";
        if (rule.Gate == GateId.Benchmark)
            inputs["machine"] = $"{System.Environment.MachineName}, {System.Environment.ProcessorCount} cores";
        return inputs;
    }

    /// <summary>The SDK that compiled this build, which is the one that global.json chose.</summary>
    private static string SdkVersion { get; } = typeof(GateDesk).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == "SdkVersion").Value!;
}

/// <summary>How an answer came about.</summary>
public sealed record GateRun
{
    public required TimeSpan Duration { get; init; }

    /// <summary>Null for the branch's own.</summary>
    public TestSuite? Suite { get; init; }

    /// <summary>Reports behind the answer, relative to the root.</summary>
    public IReadOnlyList<string> Files { get; init; } = [];

    /// <summary>Up to when the data behind the answer is complete; null for a gate that measures by itself.</summary>
    public DateTimeOffset? DataAsOf { get; init; }
}
