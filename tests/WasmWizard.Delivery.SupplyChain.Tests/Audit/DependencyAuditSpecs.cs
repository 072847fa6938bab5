using WasmWizard.Delivery.Environments;
using WasmWizard.Delivery.Gates;
using WasmWizard.Delivery.Gates.Audit;
using WasmWizard.Delivery.SupplyChain.Advisories;
using WasmWizard.Delivery.SupplyChain.Audit;
using WasmWizard.Delivery.SupplyChain.Tests.Advisories;
using Xunit.Abstractions;

namespace WasmWizard.Delivery.SupplyChain.Tests.Audit;

/// <summary>Real restores with the SDK's own NuGet.</summary>
[Trait("suite", "complete")]
public sealed class DependencyAuditSpecs(ITestOutputHelper output) : IDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 2, 4, 0, 0, 0, TimeSpan.Zero);
    private readonly TemporaryFolder _folder = new();
    private readonly LoopbackServer _server = new();
    private readonly HttpClient _client = Download.NewClient();

    public void Dispose()
    {
        _client.Dispose();
        _server.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_known_vulnerability_is_flagged_by_both_opinions_and_refuses()
    {
        using var repository = Repository().Reference("Newtonsoft.Json", "12.0.1");
        var observation = await Observe(repository, Unrelated());

        var measured = Assert.IsType<AuditObservation.Measured>(observation);
        var finding = Assert.Single(measured.Findings);
        Assert.Equal(("GHSA-5crp-9r3c-p9vr", "Newtonsoft.Json", "12.0.1", Severity.High, "App.csproj"), (finding.Id, finding.Package, finding.Version, finding.Severity, finding.Where));
        Assert.Equal(finding.Key, Assert.Single(measured.SecondOpinion));
        Assert.Equal((Verdict.Refused, Verdict.Passed), (Judge(observation).Verdict, Judge(observation, SecurityLevel.Moderate).Verdict));
    }

    [Fact]
    public async Task Clean_dependencies_pass_on_every_branch()
    {
        using var repository = Repository().Reference("Newtonsoft.Json", "13.0.3");

        var observation = await Observe(repository, Unrelated());

        Assert.All(Enum.GetValues<SecurityLevel>(), level => Assert.Equal(Verdict.Passed, Judge(observation, level).Verdict));
        Assert.False(Directory.Exists(Path.Combine(repository.Root, "obj")), "the repository's own restore must stay as it is");
    }

    [Fact]
    public async Task Both_opinions_find_the_same_in_invented_data()
    {
        const int Seed = 20260304;
        const int Packages = 40;
        var random = new Random(Seed);
        using var repository = Repository();
        var records = new List<string>();
        var suffix = Guid.NewGuid().ToString("N")[..8];
        for (var number = 0; number < Packages; number++)
        {
            var (name, leaf) = ($"Sample{number}.{suffix}", $"Leaf{number}.{suffix}");
            var (version, leafVersion) = (Version(random), Version(random));
            repository.Publish(leaf, leafVersion).Publish(name, version, (leaf, leafVersion)).Reference(name, version);
            records.Add(Records.Osv($"X-{number}", name, Events(random), Severities(random)));
            records.Add(Records.Osv($"Y-{number}", leaf, Events(random), Severities(random)));
            records.Add(Records.Osv($"Z-{number}", leaf.ToUpperInvariant(), Events(random), Severities(random)));
        }

        var measured = Assert.IsType<AuditObservation.Measured>(await Observe(repository, $"[{string.Join(',', records)}]"));

        output.WriteLine($"seed {Seed}: {measured.Packages} packages, {measured.Advisories} advisories, {measured.Comparable.Count} findings of the matcher, {measured.SecondOpinion.Count} of NuGet");
        Assert.Equal(measured.Comparable.Order(ByText), measured.SecondOpinion.Order(ByText));
        Assert.Equal(2 * Packages, measured.Packages);
        Assert.InRange(measured.Comparable.Count, 20, records.Count - 20);
        Assert.True(measured.Findings.Select(finding => finding.Severity).Distinct().Count() == 5, "every severity must occur");
    }

    [Fact]
    public async Task A_runtime_pack_is_looked_up_although_nuget_passes_over_it()
    {
        using var repository = Repository().Reference("Newtonsoft.Json", "13.0.3");
        var target = new RestoreTarget(repository.Project)
        {
            Properties = new Dictionary<string, string> { ["RuntimeIdentifier"] = "linux-x64", ["SelfContained"] = "true" },
        };
        var data = Records.Osv("P-1", "Microsoft.NETCore.App.Runtime.linux-x64", """{"introduced":"10.0.0"}""", "\"database_specific\":{\"severity\":\"CRITICAL\"}");

        var observation = await Observe(repository, data, target);

        var measured = Assert.IsType<AuditObservation.Measured>(observation);
        Assert.Equal("P-1", Assert.Single(measured.Findings).Id);
        Assert.Empty(measured.SecondOpinion);
        Assert.Equal(Verdict.Refused, Judge(observation, SecurityLevel.Moderate).Verdict);
    }

    [Fact]
    public async Task What_a_project_hides_from_nuget_shows_as_a_disagreement()
    {
        using var repository = Repository().Reference("Newtonsoft.Json", "12.0.1", """<NuGetAuditSuppress Include="https://github.com/advisories/GHSA-5crp-9r3c-p9vr" />""");

        var result = Judge(await Observe(repository, Unrelated()));

        Assert.Equal(Verdict.Errored, result.Verdict);
        Assert.Contains("only the matcher reports GHSA-5CRP-9R3C-P9VR", result.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_runs_at_once_do_not_disturb_each_other()
    {
        using var repository = Repository().Reference("Newtonsoft.Json", "12.0.1");

        var observations = await Task.WhenAll(Observe(repository, Unrelated()), Observe(repository, Unrelated()));

        Assert.All(observations, observation => Assert.Equal(Verdict.Refused, Judge(observation).Verdict));
    }

    [Fact]
    public async Task The_official_source_comes_before_the_copy()
    {
        _server
            .Serve("/v3/index.json", $$"""{"version":"3.0.0","resources":[{"@id":"{{_server["/v/index.json"]}}","@type":"VulnerabilityInfo/6.7.0"}]}""")
            .Serve("/v/index.json", Records.Index(_server["/v/"]))
            .Serve("/v/vulnerability.base.json", Records.Page)
            .Serve("/v/vulnerability.update.json", "{}");
        using var repository = Repository().Reference("Newtonsoft.Json", "13.0.3");

        var measured = Assert.IsType<AuditObservation.Measured>(await Observe(repository, "[]"));

        Assert.Equal(_server["/v/index.json"].ToString(), measured.DataFrom);
    }

    [Fact]
    public async Task Without_data_it_could_not_be_told()
    {
        _server.Serve("/v3/index.json", "busy", 429);
        using var repository = Repository();

        var none = Judge(await Observe(repository, null));
        var absent = Judge(await new DependencyAudit(_client).ObserveAsync(Request(repository) with { Advisories = _folder["nowhere"] }, CancellationToken.None));

        Assert.Equal((Verdict.Inconclusive, Verdict.Inconclusive), (none.Verdict, absent.Verdict));
        Assert.Contains("answered 429", none.Reason, StringComparison.Ordinal);
        Assert.Contains("does not exist", absent.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_breaks_on_the_way_is_an_error()
    {
        using var repository = Repository().Reference("Absent.Package.Of.Nobody", "1.0.0");

        Assert.Equal(Verdict.Errored, Judge(await Observe(repository, Unrelated())).Verdict);
        Assert.Equal(Verdict.Errored, Judge(await Observe(repository, Unrelated()[..50])).Verdict);
        repository.Write("nuget.config", "<configuration>");
        Assert.Equal(Verdict.Errored, Judge(await Observe(repository, Unrelated())).Verdict);
    }

    private static readonly Comparer<FindingKey> ByText = Comparer<FindingKey>.Create((left, right) => string.CompareOrdinal(left.ToString(), right.ToString()));

    private SampleRepository Repository() => new(_server["/v3/index.json"].ToString());

    private static string Unrelated() => Records.Osv("X-1", "Unrelated", """{"introduced":"0"}""");

    private Task<AuditObservation> Observe(SampleRepository repository, string? data, RestoreTarget? target = null) => new DependencyAudit(_client).ObserveAsync(
        Request(repository, target) with { Advisories = data is null ? null : _folder.Write($"{Guid.NewGuid():N}.json", data) },
        CancellationToken.None);

    private static AuditRequest Request(SampleRepository repository, RestoreTarget? target = null) => new()
    {
        Root = repository.Root,
        Targets = [target ?? new(repository.Project)],
        Configuration = repository.Configuration,
    };

    private static GateResult Judge(AuditObservation observation, SecurityLevel level = SecurityLevel.Maximum) =>
        AuditGate.Judge(VulnerabilityPolicy.Audit(level), observation, [], TimeSpan.FromDays(7), Now);

    private static string Version(Random random) => $"{random.Next(4)}.{random.Next(3)}.{random.Next(3)}{(random.Next(3) == 0 ? $"-rc.{random.Next(3)}" : "")}";

    private static string Events(Random random) => random.Next(4) switch
    {
        0 => $$"""{"introduced":"0"},{"fixed":"{{Version(random)}}"}""",
        1 => $$"""{"introduced":"{{Version(random)}}"},{"last_affected":"{{Version(random)}}"}""",
        2 => $$"""{"introduced":"{{Version(random)}}"}""",
        _ => $$"""{"introduced":"0"},{"fixed":"1.0.0"},{"introduced":"2.0.0"},{"fixed":"{{Version(random)}}"}""",
    };

    private static string Severities(Random random) => random.Next(5) switch
    {
        0 => "",
        var rank => $"\"database_specific\":{{\"severity\":\"{(Severity)rank}\"}}",
    };
}
