using System.Text;
using NuGet.Versioning;
using WasmWizard.Delivery.Gates.Audit;
using WasmWizard.Delivery.SupplyChain.Advisories;
using Xunit.Abstractions;

namespace WasmWizard.Delivery.SupplyChain.Tests.Advisories;

public class OsvSpecs(ITestOutputHelper output)
{
    private static readonly string[] EventKinds = ["introduced", "introduced", "fixed", "last_affected"];

    [Theory]
    [InlineData("""{"introduced":"0"},{"fixed":"2.0.0"}""", "(, 2.0.0)", "0.0.0-alpha 1.0.0 1.9.9 2.0.0-rc.1", "2.0.0 2.0.0+meta 3.0.0")]
    [InlineData("""{"introduced":"1.0.0"},{"fixed":"2.0.0"}""", "[1.0.0, 2.0.0)", "1.0.0 1.0.0.1", "0.9.0 1.0.0-rc 2.0.0")]
    [InlineData("""{"introduced":"1.0.0"},{"last_affected":"2.0.0"}""", "[1.0.0, 2.0.0]", "1.0.0 2.0.0", "2.0.0.1 2.0.1")]
    [InlineData("""{"introduced":"1.0.0"}""", "[1.0.0, )", "1.0.0 99.0.0", "0.1.0")]
    [InlineData("""{"fixed":"4.0.0"},{"introduced":"3.0.0"},{"fixed":"2.0.0"},{"introduced":"1.0.0"}""", "[1.0.0, 2.0.0) || [3.0.0, 4.0.0)", "1.5.0 3.5.0", "2.5.0 4.0.0")]
    [InlineData("""{"introduced":"0"},{"fixed":"2.0.0"},{"introduced":"2.0.0"},{"fixed":"3.0.0"}""", "(, 2.0.0) || [2.0.0, 3.0.0)", "2.0.0 2.5.0", "3.0.0")]
    [InlineData("""{"introduced":"1.0.0"},{"last_affected":"1.0.0"}""", "[1.0.0, 1.0.0]", "1.0.0", "1.0.1")]
    [InlineData("""{"introduced":"1.0.0"},{"fixed":"2.0.0"},{"limit":"*"}""", "[1.0.0, 2.0.0)", "1.0.0", "2.0.0")]
    public void Events_say_which_versions_are_affected(string events, string ranges, string affected, string unaffected)
    {
        var advisory = Read(Records.Osv("X-1", "Sample", events)).Advisories.Single();

        Assert.Equal(ranges, string.Join(" || ", advisory.Ranges.Select(range => range.ToNormalizedString())));
        Assert.All(Versions(affected), version => Assert.True(advisory.Affects(version), version.ToString()));
        Assert.All(Versions(unaffected), version => Assert.False(advisory.Affects(version), version.ToString()));
    }

    [Fact]
    public void Events_and_the_ranges_made_of_them_agree_on_every_version()
    {
        const int Seed = 20260303;
        var random = new Random(Seed);
        output.WriteLine($"seed {Seed}");
        for (var round = 0; round < 3_000; round++)
        {
            var events = Enumerable.Range(0, random.Next(1, 6)).Select(_ => $$"""{"{{EventKinds[random.Next(EventKinds.Length)]}}":"{{random.Next(5)}}.{{random.Next(2)}}"}""");
            var text = string.Join(',', events.Prepend("""{"introduced":"0"}""").Skip(random.Next(2)));
            var advisory = Read(Records.Osv("X-1", "Sample", text)).Advisories.Single();
            for (var version = 0; version < 60; version++)
            {
                var probe = NuGetVersion.Parse($"{version / 12}.{version / 6 % 2}.{version % 3}{(version % 6 < 3 ? "-rc" : "")}");
                Assert.True(advisory.Affects(probe) == advisory.Ranges.Any(range => range.Satisfies(probe)), $"{text} on {probe}");
            }
        }
    }

    [Fact]
    public void Listed_versions_count_beside_the_ranges()
    {
        const string Json = """
            {"id":"X-1","modified":"2026-02-01T00:00:00Z","affected":[{"package":{"ecosystem":"NuGet","name":"Sample"},"versions":["1.0.0","5.0.0"],
             "ranges":[{"type":"SEMVER","events":[{"introduced":"1.0.0"},{"fixed":"2.0.0"}]},{"type":"GIT","events":[{"introduced":"abc"}]}]}]}
            """;

        var advisory = Read(Json).Advisories.Single();

        Assert.True(advisory.Affects(NuGetVersion.Parse("5.0.0.0")));
        Assert.Equal(["[1.0.0, 2.0.0)", "[5.0.0, 5.0.0]"], advisory.Ranges.Select(range => range.ToNormalizedString()));
    }

    [Theory]
    [InlineData("1.5.0", "2.0.0")]
    [InlineData("3.5.0", "4.0.0")]
    [InlineData("2.5.0", null)]
    public void The_fix_is_the_first_version_after_it_that_is_not_affected(string version, string? expected)
    {
        var advisory = Read(Records.Osv("X-1", "Sample", """{"introduced":"1.0.0"},{"fixed":"2.0.0"},{"introduced":"3.0.0"},{"fixed":"4.0.0"}""")).Advisories.Single();

        Assert.Equal(expected, advisory.FixAfter(NuGetVersion.Parse(version))?.ToString());
    }

    [Theory]
    [InlineData("\"database_specific\":{\"severity\":\"MODERATE\"}", Severity.Medium)]
    [InlineData("\"database_specific\":{\"severity\":\"CRITICAL\"},\"severity\":[{\"type\":\"CVSS_V3\",\"score\":\"CVSS:3.1/AV:P/AC:H/PR:H/UI:R/S:U/C:L/I:N/A:N\"}]", Severity.Critical)]
    [InlineData("\"severity\":[{\"type\":\"CVSS_V3\",\"score\":\"CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H\"}]", Severity.High)]
    [InlineData("\"severity\":[{\"type\":\"CVSS_V4\",\"score\":\"CVSS:4.0/AV:N\"}]", Severity.Unknown)]
    [InlineData("\"database_specific\":{\"severity\":7}", Severity.Unknown)]
    [InlineData("", Severity.Unknown)]
    public void The_databases_word_counts_before_the_vector(string extra, Severity expected) =>
        Assert.Equal(expected, Read(Records.Osv("X-1", "Sample", """{"introduced":"0"}""", extra)).Advisories.Single().Severity);

    [Fact]
    public void A_withdrawn_record_affects_nothing() =>
        Assert.Empty(Read(Records.Osv("X-1", "Sample", """{"introduced":"0"}""", "\"withdrawn\":\"2026-02-02T00:00:00Z\"")).Advisories);

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[null]")]
    [InlineData("{}")]
    [InlineData("""{"id":"X-1"}""")]
    [InlineData("""{"id":null,"modified":"2026-02-01T00:00:00Z"}""")]
    [InlineData("""{"id":"X-1","modified":"yesterday"}""")]
    [InlineData("""{"id":"X-1","modified":"2026-02-01T00:00:00Z","affected":[{"package":{"ecosystem":"NuGet","name":"S"},"versions":["not a version"]}]}""")]
    [InlineData("""{"id":"X-1","modified":"2026-02-01T00:00:00Z","affected":[{"package":{"ecosystem":"NuGet","name":"S"},"ranges":[{"type":"SEMVER","events":[{}]}]}]}""")]
    public void A_record_that_is_not_whole_is_corrupt(string json) => Assert.Throws<CorruptDataException>(() => Read(json));

    [Fact]
    public void Half_a_record_is_corrupt_wherever_it_is_cut()
    {
        var whole = Records.Osv("X-1", "Sample", """{"introduced":"0"},{"fixed":"2.0.0"}""").TrimEnd();
        Assert.All(Enumerable.Range(0, whole.Length - 1), length => Assert.Throws<CorruptDataException>(() => Read(whole[..length])));
    }

    /// <summary>Scores as published with the vulnerabilities or computed with the calculator of the specification's authors.</summary>
    [Theory]
    [InlineData("CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H", 9.8, Severity.Critical)]
    [InlineData("CVSS:3.0/AV:N/AC:L/PR:N/UI:N/S:C/C:H/I:H/A:H", 10.0, Severity.Critical)]
    [InlineData("CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H", 7.5, Severity.High)]
    [InlineData("CVSS:3.1/AV:L/AC:L/PR:L/UI:N/S:U/C:H/I:H/A:H", 7.8, Severity.High)]
    [InlineData("CVSS:3.1/AV:N/AC:L/PR:N/UI:R/S:C/C:L/I:L/A:N/E:P", 6.1, Severity.Medium)]
    [InlineData("CVSS:3.1/AV:L/AC:L/PR:H/UI:N/S:U/C:N/I:N/A:L", 2.3, Severity.Low)]
    [InlineData("CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:N", 0.0, Severity.Low)]
    public void A_vector_is_scored_as_its_specification_says(string vector, double score, Severity rating)
    {
        Assert.Equal(score, CvssVector.BaseScore(vector));
        Assert.Equal(rating, CvssVector.Rate(vector));
    }

    [Theory]
    [InlineData("")]
    [InlineData("CVSS:4.0/AV:N/AC:L")]
    [InlineData("CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N")]
    [InlineData("CVSS:3.1/AV:Q/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H")]
    [InlineData("CVSS:3.1/AV:N/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H")]
    [InlineData("CVSS:3.1/AV")]
    public void Half_a_vector_rates_nothing(string vector) => Assert.Equal(Severity.Unknown, CvssVector.Rate(vector));

    private static OsvRecord Read(string json) => OsvReader.Read(Encoding.UTF8.GetBytes(json), "test").Single();

    private static IEnumerable<NuGetVersion> Versions(string text) => text.Split(' ').Select(NuGetVersion.Parse);
}
