using WasmWizard.Delivery.Checking.Snapshots;
using WasmWizard.Delivery.Checking.Tests.Breaks;

namespace WasmWizard.Delivery.Checking.Tests;

/// <summary>This repository keeps what it promises, and would be told if it did not.</summary>
public sealed class OwnRepositorySpecs
{
    public static TheoryData<string> Breaks => [.. SeededBreaks.All.Select(seeded => seeded.Name)];

    /// <summary>A clone may hold every branch, or only the one that it was made of, and know of no others.</summary>
    [Theory]
    [InlineData("", false)]
    [InlineData("main", true)]
    [InlineData("feature/one", true)]
    [InlineData("master development research", true)]
    public async Task It_has_no_findings_whatever_branches_a_clone_holds(string names, bool complete)
    {
        var branches = new BranchFacts(names.Split(' ', StringSplitOptions.RemoveEmptyEntries).ToHashSet(), complete);

        var findings = RepositoryCheck.Of(new((await OwnRepository.Snapshot).Files, branches));

        Assert.Empty(findings.Select(finding => $"{finding.File}:{finding.Line}: {finding.Rule} {finding.Found}"));
    }

    [Theory]
    [MemberData(nameof(Breaks))]
    [Trait("suite", "complete")]
    public async Task A_break_of_it_is_found(string name)
    {
        var seeded = SeededBreaks.All.Single(one => one.Name == name);

        var findings = RepositoryCheck.Of(seeded.Into(new((await OwnRepository.Snapshot).Files, BranchFacts.Unknown)));

        Assert.Contains($"{seeded.Rule} {seeded.At ?? seeded.Path}", findings.Select(finding => $"{finding.Rule} {finding.File}"));
    }

    [Fact]
    public void There_are_25_of_them() => Assert.Equal(25, SeededBreaks.All.Select(seeded => seeded.Name).Distinct().Count());
}
