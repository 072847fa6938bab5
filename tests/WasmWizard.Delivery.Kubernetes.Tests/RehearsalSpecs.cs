using System.Net;
using WasmWizard.Delivery.Rehearsal;

namespace WasmWizard.Delivery.Kubernetes.Tests;

/// <summary>What anybody can see without a cluster: each fault, and how it is survived.</summary>
[Trait("suite", "complete")]
public sealed class RehearsalSpecs
{
    /// <summary>
    /// Requests to the API over which a whole rehearsal may not grow. The cluster's time passes at once, so these are what a person waits for: it is
    /// the deterministic half of the promise that a rehearsal takes half a minute, whose seconds benchmarks/rehearse.sh measures.
    /// </summary>
    private const int MostRequests = 25_000;

    private static readonly Rehearsal.Rehearsal Rehearsal = new(Stage.Settings, seed: 1);

    /// <summary>Each fault is rehearsed once, whichever test asks first.</summary>
    private static readonly Dictionary<string, Lazy<Task<RehearsalResult>>> Results =
        FaultCatalog.All.ToDictionary(fault => fault.Name, fault => new Lazy<Task<RehearsalResult>>(() => Rehearsal.Run(fault, default)));

    public static TheoryData<string> Faults => [.. FaultCatalog.All.Select(fault => fault.Name)];

    /// <summary>Words that only the fault itself can bring into its timeline.</summary>
    public static TheoryData<string, string> Traces => new()
    {
        { "bad-image", "ImagePullBackOff" },
        { "crash-loop", "fatal: column &quot;tier&quot; does not exist" },
        { "failing-probe", "Readiness probe failed" },
        { "slow-start", "8.5 s</time><span>canary: 1 of 1 pods are of the release" },
        { "unschedulable", "0/3 nodes are available" },
        { "quota", "exceeded quota: team" },
        { "canary-errors", "20.0 % errors" },
        { "canary-slow", "49.9 % slower than 200 ms" },
        { "canary-wrong", "The canary is refused: the probe&#39;s module" },
        { "lost-replies", "done, and its answer is lost" },
        { "conflicts", "409, somebody else was faster" },
        { "throttled", "429, come again in a second" },
        { "cut-off", "the API server does not reach pod" },
        { "killed", "the lock of rehearsal 1 is taken over" },
        { "drift", "so: nothing was changed" },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task Every_fault_of_the_catalog_is_survived(string name)
    {
        var result = await Results[name].Value;

        Assert.True(result.IsSurvived, $"{string.Join("; ", result.Lacks)}\n{string.Join('\n', result.Timeline.Select(moment => $"{moment.At} {moment.Text}"))}");
    }

    [Fact]
    public async Task Equal_seeds_give_equal_rehearsals()
    {
        var fault = FaultCatalog.All.Single(fault => fault.Name == "lost-replies");

        var (first, second) = (await Results[fault.Name].Value, await Rehearsal.Run(fault, default));

        Assert.Equal(first.Timeline.Select(moment => (moment.At, moment.Kind)), second.Timeline.Select(moment => (moment.At, moment.Kind)));
        Assert.True(first.Faults > 0);
    }

    [Fact]
    public void Every_fault_leaves_a_trace_that_is_looked_for() =>
        Assert.Equal(FaultCatalog.All.Select(fault => fault.Name).Except(["none"]), Traces.Select(row => (string)row[0]));

    [Theory]
    [MemberData(nameof(Traces))]
    public async Task The_page_shows_that_the_fault_struck_and_how_it_was_survived(string name, string trace)
    {
        var result = await Results[name].Value;
        var page = RehearsalPage.Render("production", 1, [await Results["none"].Value, result]);
        var section = page[page.IndexOf($"<section id=\"{name}\">", StringComparison.Ordinal)..];
        var row = page.Split("<tr>").Single(row => row.Contains($"<a href=\"#{name}\">{name}</a>", StringComparison.Ordinal));

        Assert.Contains(trace, section, StringComparison.Ordinal);
        Assert.DoesNotContain(trace, page[..page.IndexOf($"<section id=\"{name}\">", StringComparison.Ordinal)], StringComparison.Ordinal);
        Assert.Contains($"Survived.</span> {WebUtility.HtmlEncode(result.Fault.Survival)}", section, StringComparison.Ordinal);
        Assert.Contains(WebUtility.HtmlEncode(result.Fault.Story), row, StringComparison.Ordinal);
        Assert.Contains($"✓</span> {WebUtility.HtmlEncode(result.Fault.Survival)}", row, StringComparison.Ordinal);
        Assert.Contains($">{result.ExitCode}: {(result.ExitCode switch { 0 => "rolled out", 3 => "nothing changed", _ => "went back" })}<", row, StringComparison.Ordinal);
        Assert.Contains($">0 of {result.Answered}<", row, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_page_of_a_whole_rehearsal_has_each_fault_once_with_its_whole_timeline()
    {
        var results = await All();
        var page = RehearsalPage.Render("production", 1, results);

        Assert.Contains($"{results.Count} of {results.Count} survived", page, StringComparison.Ordinal);
        Assert.Equal(FaultCatalog.All.Select(fault => fault.Name), page.Split("<section id=\"").Skip(1).Select(section => section[..section.IndexOf('"')]));
        Assert.Equal(results.Count, page.Split("Survived.</span>").Length - 1);
        Assert.Equal(results.Sum(result => result.Timeline.Count), page.Split("<time>").Length - 1);
    }

    [Fact]
    public async Task A_whole_rehearsal_asks_the_cluster_so_little_that_nobody_waits_long()
    {
        var results = await All();

        Assert.InRange(results.Sum(result => result.ApiRequests), results.Count, MostRequests);
    }

    [Fact]
    public async Task The_page_is_labelled_shows_every_fault_and_loads_nothing()
    {
        var survived = await Results["none"].Value;
        var page = RehearsalPage.Render("production", 1, [survived, survived with { Lacks = ["<nothing> served"] }]);

        Assert.Contains("A rehearsal: a simulated cluster", page, StringComparison.Ordinal);
        Assert.Contains($"Survived.</span> {survived.Fault.Survival}", page, StringComparison.Ordinal);
        Assert.Contains("1 of 2 survived", page, StringComparison.Ordinal);
        Assert.Contains("Not survived:</span> &lt;nothing&gt; served", page, StringComparison.Ordinal);
        Assert.DoesNotContain("http://", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", page, StringComparison.Ordinal);
    }

    private static async Task<IReadOnlyList<RehearsalResult>> All()
    {
        var results = new List<RehearsalResult>();
        foreach (var fault in FaultCatalog.All)
            results.Add(await Results[fault.Name].Value);
        return results;
    }
}
