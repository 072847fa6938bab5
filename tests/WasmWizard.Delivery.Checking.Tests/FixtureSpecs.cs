namespace WasmWizard.Delivery.Checking.Tests;

/// <summary>Each rule finds its own break, where it is, and nothing else; and nothing at all once the break is mended.</summary>
public sealed class FixtureSpecs
{
    public static TheoryData<string> Names => [.. All];

    private static IEnumerable<string> All =>
        Directory.GetFiles(Fixture.Folder, "*.txt").Select(path => Path.GetFileNameWithoutExtension(path)).Order(StringComparer.Ordinal);

    [Theory]
    [MemberData(nameof(Names))]
    public void A_broken_repository_has_exactly_the_findings_of_its_rule(string name)
    {
        var fixture = Fixture.Read(name);

        var findings = RepositoryCheck.Of(fixture.Broken);

        Assert.NotEmpty(fixture.Finds);
        Assert.Equal(
            fixture.Finds.Select(place => $"{fixture.Rule} {place}"),
            findings.Select(finding => $"{finding.Rule} {finding.File}:{finding.Line}"));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Its_mended_counterpart_has_none(string name)
    {
        var findings = RepositoryCheck.Of(Fixture.Read(name).Clean);

        Assert.Empty(findings);
    }

    [Fact]
    public void Every_rule_has_a_fixture_and_an_id_of_its_own()
    {
        var rules = RepositoryCheck.Rules.Select(rule => rule.Id).ToList();

        Assert.Equal(rules, rules.Distinct().Order(StringComparer.Ordinal));
        Assert.Empty(rules.Except(All.Select(name => name.Split('-')[0])));
        Assert.All(rules, id => Assert.Matches(@"\AWW6[0-8]\d\d\z", id));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_finding_says_what_was_promised_what_stands_there_and_what_to_write(string name)
    {
        Assert.All(RepositoryCheck.Of(Fixture.Read(name).Broken), finding =>
        {
            Assert.NotEmpty(finding.Promised);
            Assert.NotEmpty(finding.Found);
            Assert.NotEmpty(finding.Fix);
            Assert.NotEqual(finding.Found, finding.Fix);
        });
    }
}
