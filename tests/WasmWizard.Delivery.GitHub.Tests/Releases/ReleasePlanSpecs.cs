using System.Text.Json;
using WasmWizard.Delivery.GitHub.Git;
using WasmWizard.Delivery.GitHub.Releases;

namespace WasmWizard.Delivery.GitHub.Tests.Releases;

/// <summary>Versions, notes and what blocks a release; pure.</summary>
public sealed class ReleasePlanSpecs
{
    private const string Here = "1111111111111111111111111111111111111111";
    private const string There = "2222222222222222222222222222222222222222";

    private static readonly ReleaseHistory Usual = new(Here, [(new(1, 1, 0), There)], new(1, 1, 0), [ConventionalCommit.Parse(Here, "fix: mend")], IsOnBranch: true);

    [Theory]
    [InlineData("v1.2.3", "v1.2.3")]
    [InlineData("v0.0.0", "v0.0.0")]
    [InlineData("1.2.3", null)]
    [InlineData("v1.2", null)]
    [InlineData("v01.2.3", null)]
    [InlineData("v1.2.3-beta", null)]
    [InlineData("v1.2.3\n", null)]
    [InlineData("v99999999999.0.0", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void A_version_has_one_spelling(string? text, string? version) => Assert.Equal(version, VersionTag.Parse(text)?.ToString());

    [Fact]
    public void Versions_compare_by_number_and_not_by_letter()
    {
        Assert.True(new VersionTag(1, 10, 0) > new VersionTag(1, 9, 9));
        Assert.True(new VersionTag(1, 9, 9) <= new VersionTag(1, 9, 9));
        Assert.True(new VersionTag(0, 9, 9) < new VersionTag(1, 0, 0));
        Assert.True(new VersionTag(2, 0, 0) >= new VersionTag(1, 0, 0));
    }

    [Theory]
    [InlineData("feat: more", "feat", "", "more", null)]
    [InlineData("Fix(api): mend it", "fix", "api", "mend it", null)]
    [InlineData("feat(api)!: other shape", "feat", "api", "other shape", "other shape")]
    [InlineData("fix: mend\n\nBREAKING CHANGE: set A\nto B\n\nmore", "fix", "", "mend", "set A to B")]
    [InlineData("Make it better", "", "", "Make it better", null)]
    [InlineData("Note: this is prose", "note", "", "this is prose", null)]
    [InlineData("", "", "", "", null)]
    public void A_message_is_read_by_the_convention_or_as_it_stands(string message, string type, string scope, string description, string? breaks)
    {
        var commit = ConventionalCommit.Parse(Here, message);

        Assert.Equal((type, scope, description, breaks), (commit.Type, commit.Scope, commit.Description, commit.Breaks));
    }

    [Fact]
    public void Notes_tell_what_users_notice_and_count_the_rest()
    {
        string[] messages = ["feat(api)!: other shape", "fix: mend @someone", "chore: sweep", "docs: write", "Make it better", "perf: faster", "revert: back"];

        var notes = ReleaseNotes.Of(new(2, 0, 0), new(1, 4, 0), [.. messages.Select(message => ConventionalCommit.Parse(Here, message))]);

        Assert.Equal(
            """
            # v2.0.0

            7 commits since v1.4.0.

            ## You must act

            - **api**: other shape

            ## Features

            - **api**: other shape (11111111)

            ## Fixes

            - mend @​someone (11111111)

            ## Performance

            - faster (11111111)

            ## Reverted

            - back (11111111)

            ## Other changes

            - Make it better (11111111)

            And 2 commits to build, tests and documents.

            """.ReplaceLineEndings("\n"),
            notes);
    }

    [Fact]
    public void A_sound_version_has_no_fault()
    {
        var plan = ReleasePlan.Of(Usual, "v1.1.1", next: null, "master", []);

        Assert.Empty(plan.Faults);
        Assert.Equal(new VersionTag(1, 1, 1), plan.Version);
        Assert.StartsWith("# v1.1.1\n\n1 commit since v1.1.0.", plan.Notes, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_version_the_tag_at_the_commit_counts_then_the_next_one_and_without_commits_nothing()
    {
        Assert.Equal(new VersionTag(1, 2, 0), ReleasePlan.Of(Usual, null, new(1, 2, 0), "master", []).Version);
        Assert.Equal(new VersionTag(1, 3, 0), ReleasePlan.Of(Usual with { Versions = [(new(1, 3, 0), Here)] }, null, new(1, 2, 0), "master", []).Version);
        var nothing = ReleasePlan.Of(Usual with { Commits = [] }, null, new(1, 2, 0), "master", []);
        Assert.Null(nothing.Version);
        Assert.StartsWith("Nothing to release", ReleaseText.Lines(nothing, []).First(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1.2.3", "WW2321")]
    [InlineData("v1.1.0", "WW2323")]
    [InlineData("v1.0.9", "WW2324")]
    public void A_version_that_is_none_or_taken_or_too_low_is_a_fault(string version, string id) =>
        Assert.Equal(id, Assert.Single(ReleasePlan.Of(Usual, version, null, "master", []).Faults).Id);

    [Fact]
    public void A_version_that_is_none_is_not_called_nothing_to_release() =>
        Assert.Equal("No version can be said", ReleaseText.Lines(ReleasePlan.Of(Usual, "1.2.3", null, "master", []), []).First());

    [Fact]
    public void All_that_stands_in_the_way_is_told_at_once_with_its_command()
    {
        var fix = new Fix(There, "fix: leak", IsMerge: false);

        var plan = ReleasePlan.Of(Usual with { IsOnBranch = false }, "v1.0.0", null, "master", [new(fix, null), new(fix, "the same change as 3")]);

        Assert.Equal(["WW2322", "WW2324", "WW2325"], plan.Faults.Select(fault => fault.Id));
        Assert.All(plan.Faults, fault => Assert.NotEmpty(fault.Next));
        Assert.Contains(ReleaseText.Lines(plan, []), line => line.Contains("./build.sh Backport", StringComparison.Ordinal));
    }

    [Fact]
    public void The_document_holds_version_notes_steps_and_what_blocks()
    {
        using var json = JsonDocument.Parse(ReleaseText.Json(ReleasePlan.Of(Usual, "v1.1.0", null, "master", []), [new("sbom-a.json", "/nowhere")]));

        Assert.Equal("v1.1.0", json.RootElement.GetProperty("version").GetString());
        Assert.Equal("WW2323", json.RootElement.GetProperty("blockedBy")[0].GetProperty("id").GetString());
        Assert.Equal("sbom-a.json", json.RootElement.GetProperty("files")[0].GetString());
        Assert.Equal(4, json.RootElement.GetProperty("steps").GetArrayLength());
    }
}
