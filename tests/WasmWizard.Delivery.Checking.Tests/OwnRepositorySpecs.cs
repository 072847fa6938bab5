using WasmWizard.Delivery.Checking.Tests.Breaks;

namespace WasmWizard.Delivery.Checking.Tests;

/// <summary>This repository keeps what it promises, and would be told if it did not.</summary>
public sealed class OwnRepositorySpecs
{
    public static TheoryData<string> Breaks => [.. SeededBreaks.All.Select(seeded => seeded.Name)];

    [Fact]
    public async Task It_has_no_findings()
    {
        var findings = RepositoryCheck.Of(await OwnRepository.Snapshot);

        Assert.Empty(findings.Select(finding => $"{finding.File}:{finding.Line}: {finding.Rule} {finding.Found}"));
    }

    [Theory]
    [MemberData(nameof(Breaks))]
    [Trait("suite", "complete")]
    public async Task A_break_of_it_is_found(string name)
    {
        var seeded = SeededBreaks.All.Single(one => one.Name == name);

        var findings = RepositoryCheck.Of(seeded.Into(await OwnRepository.Snapshot));

        Assert.Contains($"{seeded.Rule} {seeded.At ?? seeded.Path}", findings.Select(finding => $"{finding.Rule} {finding.File}"));
    }

    [Fact]
    public void There_are_25_of_them() => Assert.Equal(25, SeededBreaks.All.Select(seeded => seeded.Name).Distinct().Count());
}
