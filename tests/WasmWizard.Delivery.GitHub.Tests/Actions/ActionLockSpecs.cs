using WasmWizard.Delivery.GitHub.Actions;

namespace WasmWizard.Delivery.GitHub.Tests.Actions;

public sealed class ActionLockSpecs
{
    private const string Sha = "3d3c42e5aac5ba805825da76410c181273ba90b1";

    [Fact]
    public void An_action_is_found_by_its_name_with_its_commit_and_version()
    {
        var locked = ActionLock.Parse($$"""{"actions":[{"action":"actions/checkout","version":"v7.0.1","sha":"{{Sha}}"}]}""");

        Assert.Equal($"actions/checkout@{Sha}", locked.Find("actions/checkout")?.Reference);
        Assert.Equal("v7.0.1", locked.Find("actions/checkout")?.Version);
        Assert.Null(locked.Find("actions/cache"));
    }

    [Fact]
    public void All_faults_are_told_at_once()
    {
        var fault = Assert.Throws<FormatException>(() => ActionLock.Parse(
            $$"""
            {"actions":[
              {"action":"checkout","version":"v7.0.1","sha":"{{Sha}}"},
              {"action":"a/b","version":"v7","sha":"{{Sha}}"},
              {"action":"a/c","version":"v7.0.1","sha":"abc"},
              {"action":"a/c","version":"v7.0.1","sha":"{{Sha}}"}, null]}
            """));

        Assert.Contains("'checkout' is not owner/repository", fault.Message, StringComparison.Ordinal);
        Assert.Contains("'a/b' has version 'v7'", fault.Message, StringComparison.Ordinal);
        Assert.Contains("'a/c' has commit 'abc'", fault.Message, StringComparison.Ordinal);
        Assert.Contains("'a/c' is locked 2 times", fault.Message, StringComparison.Ordinal);
        Assert.Contains("'' is not owner/repository", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("{\"actions\":[],\"more\":1}")]
    public void Anything_but_a_lock_file_is_refused_by_its_name(string json)
    {
        Assert.StartsWith(ActionLock.Path, Assert.Throws<FormatException>(() => ActionLock.Parse(json)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_lock_of_this_repository_holds_what_the_workflows_use_and_nothing_else()
    {
        var used = RandomPipelines.Generated.SelectMany(made => made.Parsed.Steps).Select(step => ParsedWorkflow.Text(step, "uses")).OfType<string>().Distinct();

        Assert.Equal(used.Order(StringComparer.Ordinal), Samples.Actions.All.Select(action => action.Reference).Order(StringComparer.Ordinal));
    }
}
