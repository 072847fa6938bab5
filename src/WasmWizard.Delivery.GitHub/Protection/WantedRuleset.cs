using System.Text.Json.Nodes;
using WasmWizard.Delivery.Environments;
using WasmWizard.Delivery.GitHub.Pipelines;

namespace WasmWizard.Delivery.GitHub.Protection;

/// <summary>One ruleset as the strategy asks for it. Teams stand by name; the platform's numbers are put in when it is written.</summary>
/// <param name="Name">The branch, or what else it guards.</param>
/// <param name="Fields">Target, enforcement, bypass, conditions, and the rules by their type.</param>
public sealed record WantedRuleset(string Name, JsonObject Fields)
{
    /// <summary>The platform's own runner of workflows: a check of the same name from anybody else does not count.</summary>
    private const int ActionsApp = 15368;

    /// <summary>Releases are facts: once a version is tagged, nobody moves or removes it.</summary>
    public static WantedRuleset VersionTags => new("version tags", Document("tag", "refs/tags/v*", new()
    {
        ["update"] = new JsonObject(),
        ["deletion"] = new JsonObject(),
        ["non_fast_forward"] = new JsonObject(),
    }));

    /// <summary>What a branch demands before anything reaches it.</summary>
    public static WantedRuleset Of(DeploymentEnvironment environment)
    {
        ArgumentNullException.ThrowIfNull(environment);
        var rules = new JsonObject { ["deletion"] = new JsonObject(), ["non_fast_forward"] = new JsonObject() };
        // Where no review is asked for, people push directly, and a check that comes after the push cannot be required before it.
        if (environment.Reviews.Reviewers > 0)
        {
            rules["pull_request"] = Reviews(environment.Reviews);
            rules["required_status_checks"] = new JsonObject
            {
                ["strict_required_status_checks_policy"] = true,
                ["do_not_enforce_on_create"] = false,
                ["required_status_checks"] = new JsonArray(new JsonObject { ["context"] = PullRequestWorkflow.RequiredCheck.ToString(), ["integration_id"] = ActionsApp }),
            };
        }

        return new(environment.Branch, Document("branch", $"refs/heads/{environment.Branch}", rules));
    }

    private static JsonObject Reviews(ReviewRule reviews) => new()
    {
        ["required_approving_review_count"] = reviews.Reviewers,
        ["dismiss_stale_reviews_on_push"] = true,
        ["require_code_owner_review"] = reviews.CodeOwners,
        ["require_last_push_approval"] = true,
        ["required_review_thread_resolution"] = true,
        // A branch that many read keeps the commits as they were reviewed; the other may squash.
        ["allowed_merge_methods"] = reviews.Reviewers > 1 ? new JsonArray("merge") : new JsonArray("merge", "squash"),
        ["required_reviewers"] = new JsonArray([.. PathReviewers(reviews)]),
    };

    private static IEnumerable<JsonObject> PathReviewers(ReviewRule reviews) =>
        from pair in reviews.PathTeams ?? new Dictionary<string, string>()
        group pair.Key by pair.Value into team
        orderby team.Key
        select new JsonObject
        {
            ["minimum_approvals"] = 1,
            ["file_patterns"] = new JsonArray([.. team.Select(Pattern).Order(StringComparer.Ordinal).Select(pattern => JsonValue.Create(pattern))]),
            ["reviewer"] = new JsonObject { ["type"] = "Team", ["team"] = team.Key },
        };

    // The strategy writes paths as CODEOWNERS does; a ruleset matches whole paths without the leading slash.
    private static string Pattern(string path) => path.TrimStart('/') + (path.EndsWith('/') ? "**" : "");

    private static JsonObject Document(string target, string reference, JsonObject rules) => new()
    {
        ["target"] = target,
        ["enforcement"] = "active",
        ["bypass_actors"] = new JsonArray(),
        ["conditions"] = new JsonObject { ["ref_name"] = new JsonObject { ["include"] = new JsonArray(reference), ["exclude"] = new JsonArray() } },
        ["rules"] = rules,
    };
}
