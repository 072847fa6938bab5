using System.Text.Json;
using WasmWizard.Delivery.Environments;
using WasmWizard.Delivery.Plans;
using WasmWizard.Delivery.Releases;
using WasmWizard.Delivery.Rollouts;
using WasmWizard.Delivery.Testing;

namespace WasmWizard.Delivery.Tests.Plans;

public class PlanSpecs
{
    private static readonly ReleaseId Old = TestReleases.Number(1).Id;
    private static readonly ReleaseId New = TestReleases.Number(2).Id;

    private static readonly PlannedStep[] Steps =
    [
        new("unpack", StepKind.Prepare, "release b", "unpack 3 MB", false),
        new("back-up", StepKind.BackUp, "database", "back up, restore, compare", false),
        new("migrate", StepKind.Migrate, "database", "apply 0002_users", false),
        new("start", StepKind.Start, "instance b", "start and probe", false),
        new("take-over", StepKind.TakeOver, "front 127.0.0.1:8095", "route from a to b", false),
        new("environment", StepKind.Environment, "http://127.0.0.1:8095/", "a module executes", false),
        new("drain", StepKind.Drain, "instance a", "end", false),
        new("tag", StepKind.Tag, "research", "point to b", false),
        new("prune", StepKind.Prune, "releases", "keep 5", true),
    ];

    [Fact]
    public void A_plan_reads_as_aligned_lines_with_a_sum_and_a_hash()
    {
        var plan = Plan(Steps);

        Assert.Equal(
            $"""
            deploy on research: {Old} -> {New}
              + unpack       release b               unpack 3 MB
              + back-up      database                back up, restore, compare
              ~ migrate      database                apply 0002_users
              + start        instance b              start and probe
              ~ take-over    front 127.0.0.1:8095    route from a to b
              ? environment  http://127.0.0.1:8095/  a module executes
              - drain        instance a              end
              ~ tag          research                point to b
              = prune        releases                keep 5
            8 to do, 1 hold already; plan {plan.Hash}

            """,
            PlanText.Render(plan));
    }

    [Fact]
    public void A_plan_from_nothing_to_nothing_reads_well_too() => Assert.StartsWith(
        "stop on production: nothing -> nothing\n0 to do, 0 hold already; plan ",
        PlanText.Render(new Plan(EnvironmentName.Production, "stop", null, null, [])), StringComparison.Ordinal);

    [Fact]
    public void JSON_lists_exactly_what_would_change()
    {
        using var json = JsonDocument.Parse(PlanJson.Write(Plan(Steps)));

        Assert.Equal(["hash", "steps"], json.RootElement.EnumerateObject().Select(field => field.Name));
        Assert.Equal(Plan(Steps).Hash, json.RootElement.GetProperty("hash").GetString());
        Assert.Equal(8, json.RootElement.GetProperty("steps").GetArrayLength());
        Assert.Equal(
            """{"id":"take-over","kind":"TakeOver","object":"front 127.0.0.1:8095","change":"route from a to b"}""",
            json.RootElement.GetProperty("steps")[4].GetRawText());
    }

    [Fact]
    public void The_hash_covers_everything_that_was_shown()
    {
        var plans = new[]
        {
            Plan(Steps),
            new Plan(EnvironmentName.Staging, "deploy", Old, New, Steps),
            new Plan(EnvironmentName.Research, "rollback", Old, New, Steps),
            new Plan(EnvironmentName.Research, "deploy", null, New, Steps),
            new Plan(EnvironmentName.Research, "deploy", Old, Old, Steps),
            Plan(Steps[1..]),
            Plan([Steps[0] with { Id = "other" }, .. Steps[1..]]),
            Plan([Steps[0] with { Subject = "other" }, .. Steps[1..]]),
            Plan([Steps[0] with { Change = "other" }, .. Steps[1..]]),
            Plan([Steps[0] with { Holds = true }, .. Steps[1..]]),
            Plan([Steps[0] with { Subject = "release b,11:unpack 3 MB", Change = "" }, .. Steps[1..]]),
        };

        Assert.Equal(plans.Length, plans.Select(plan => plan.Hash).Distinct().Count());
        Assert.Equal(Plan(Steps), Plan([.. Steps]));
        Assert.Equal(Plan(Steps).GetHashCode(), Plan([.. Steps]).GetHashCode());
        Assert.NotEqual(plans[0], plans[1]);
        Assert.Matches("^[0-9a-f]{64}$", plans[0].Hash);
    }

    [Fact]
    public void Steps_out_of_order_or_twice_are_a_mistake_of_the_target()
    {
        var order = Assert.Throws<ArgumentException>(() => Plan([Steps[4], Steps[3]]));
        Assert.Contains("'start' (Start) may not come after 'take-over' (TakeOver)", order.Message, StringComparison.Ordinal);
        var twice = Assert.Throws<ArgumentException>(() => Plan([Steps[3], Steps[3]]));
        Assert.Contains("'start' comes 2 times", twice.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_plan_of_a_second_release_with_a_migration()
    {
        var environment = new SimulatedEnvironment(TimeProvider.System);
        await environment.Deploy(TestReleases.Number(1));
        using var process = new SimulatedProcess("reader");

        var (plan, _) = await environment.Runner(process).Preview(TestReleases.Number(2, migrations: 2), default);

        Assert.False(plan!.IsUnchanged);
        Assert.Equal(
            $"""
            deploy on research: 271c9f8b75e8 -> {plan.To}
              + prepare      release {plan.To}    store
              + back-up      database                back up, restore, compare
              ~ migrate      database                apply 0001_step, 0002_step
              + start        instance {plan.To}   start and probe
              ~ take-over    route                   to {plan.To}
              ? environment  http://127.0.0.1:8095/  answers with the release, modules execute
              - drain        other instances         end
              ~ tag          research                point to {plan.To}
              = prune        releases                keep 3
            8 to do, 1 hold already; plan {plan.Hash}

            """,
            PlanText.Render(plan));
        Assert.IsType<RolloutOutcome.Healthy>(await environment.Deploy(TestReleases.Number(2, migrations: 2)));
    }

    private static Plan Plan(IReadOnlyList<PlannedStep> steps) => new(EnvironmentName.Research, "deploy", Old, New, steps);
}
