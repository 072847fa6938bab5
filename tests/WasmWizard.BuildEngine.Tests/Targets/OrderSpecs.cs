namespace WasmWizard.Tests.BuildEngine.Targets;

/// <summary>Rules 1 and 2: names, the plan and its order. Follows NUKE unless a test says otherwise.</summary>
public sealed class OrderSpecs : IDisposable
{
    private readonly Sandbox _sandbox = new();

    public void Dispose() => _sandbox.Dispose();

    private sealed class Unordered : NotingBuild
    {
        private Target First => _ => _.Executes(Note("First"));
        private Target Second => _ => _.Executes(Note("Second"));
        private Target Third => _ => _.Executes(Note("Third"));
        private Target All => _ => _.DependsOn(First, Second, Third).Executes(Note("All"));
        private Target AllTurned => _ => _.DependsOn(Third, First, Second).Executes(Note("AllTurned"));
    }

    [Theory]
    [InlineData("First Second Third")]
    [InlineData("Third First Second")]
    [InlineData("first+SECOND+th-ird")]
    [InlineData("--target Second First Third")]
    [InlineData("First --target Second+Third")]
    public void Among_unordered_targets_the_later_declared_runs_first_whatever_the_command_line_says(string commandLine) =>
        Assert.Equal("Third Second First", _sandbox.Run<Unordered>(commandLine).Order);

    [Theory]
    [InlineData("All", "Third Second First All")]
    [InlineData("AllTurned", "Third Second First AllTurned")]
    public void The_order_of_arguments_of_DependsOn_gives_no_order(string commandLine, string order) =>
        Assert.Equal(order, _sandbox.Run<Unordered>(commandLine).Order);

    private sealed class Edges : NotingBuild
    {
        private Target Restore => _ => _.Executes(Note("Restore"));
        private Target Compile => _ => _.DependsOn(Restore).Executes(Note("Compile"));
        private Target Clean => _ => _.Before(Restore).Executes(Note("Clean"));
        private Target Lint => _ => _.After(Compile).Executes(Note("Lint"));
        private Target Setup => _ => _.DependentFor(Restore).Executes(Note("Setup"));
        private Target Publish => _ => _.DependsOn(Compile).Triggers(Announce).Executes(Note("Publish"));
        private Target Announce => _ => _.DependsOn(Greet).Executes(Note("Announce"));
        private Target Greet => _ => _.Executes(Note("Greet"));
        private Target Record => _ => _.TriggeredBy(Announce).Executes(Note("Record"));
    }

    [Theory]
    [InlineData("Compile", "Setup Restore Compile")]
    [InlineData("Compile Clean", "Clean Setup Restore Compile")]
    [InlineData("Lint", "Lint")]
    [InlineData("Lint Compile", "Setup Restore Compile Lint")]
    public void Dependencies_join_the_plan_and_order_edges_do_not(string commandLine, string order)
    {
        var ran = _sandbox.Run<Edges>(commandLine).Notes;
        Assert.Equal(order.Split(' ').Order(), ran.Order());
        Assert.True(ran.ToList().IndexOf("Clean") <= 0 || ran[0] == "Setup");
    }

    [Fact]
    public void Triggered_targets_join_with_their_dependencies_and_their_own_triggers_and_run_after()
    {
        var ran = _sandbox.Run<Edges>("Publish").Notes.ToList();
        Assert.Equal(["Announce", "Compile", "Greet", "Publish", "Record", "Restore", "Setup"], ran.Order());
        Assert.True(ran.IndexOf("Publish") < ran.IndexOf("Announce"));
        Assert.True(ran.IndexOf("Greet") < ran.IndexOf("Announce"));
        Assert.Equal("Record", ran[^1]);
    }

    private sealed class Between : NotingBuild
    {
        private Target Late => _ => _.After(Middle).Executes(Note("Late"));
        private Target Early => _ => _.Before(Middle).Executes(Note("Early"));
        private Target Middle => _ => _.Executes(Note("Middle"));
    }

    [Fact]
    public void An_order_through_a_target_outside_the_plan_still_counts() => Assert.Equal("Early Late", _sandbox.Run<Between>("Late Early").Order);

    [Fact]
    public void Strict_refuses_two_targets_without_an_order_and_accepts_a_chain()
    {
        var result = _sandbox.Run<Unordered>("First Third --strict");
        Assert.Equal(2, result.ExitCode);
        Assert.Contains("Nothing orders Third and First", result.Err);
        Assert.Equal(0, _sandbox.Run<Between>("Late Early Middle --strict").ExitCode);
    }

    private sealed class Circle : NotingBuild
    {
        private Target A => _ => _.DependsOn(B).Executes(Note("A"));
        private Target B => _ => _.After(C);
        private Target C => _ => _.TriggeredBy(A);
        private Target Apart => _ => _.Executes(Note("Apart"));
    }

    [Fact]
    public void A_circle_over_any_edges_is_spelled_out_and_nothing_runs()
    {
        var result = _sandbox.Run<Circle>("A");
        Assert.Equal(2, result.ExitCode);
        Assert.Contains("A -> B -> C -> A", result.Err);
        Assert.Empty(result.Notes);
    }

    [Fact]
    public void An_unknown_target_is_answered_with_the_nearest_names_and_all_faults_come_at_once()
    {
        var result = _sandbox.Run<Edges>("Compil Quux --brnch x --verbosty quiet");
        Assert.Equal(2, result.ExitCode);
        Assert.Contains("Unknown target Compil. Did you mean Compile?", result.Err);
        Assert.Contains("Unknown target Quux. The targets are Restore, Compile,", result.Err);
        Assert.Contains("Unknown parameter --brnch.", result.Err);
        Assert.Contains("Unknown parameter --verbosty. Did you mean --verbosity?", result.Err);
        Assert.DoesNotContain("   at ", result.All);
    }

    private sealed class Stranger : NotingBuild
    {
        private Target A => _ => _.DependsOn(definition => definition.Unlisted());
    }

    [Fact]
    public void A_dependency_that_is_no_member_is_a_mistake_of_the_build()
    {
        var result = _sandbox.Run<Stranger>("A");
        Assert.Equal(1, result.ExitCode);
        Assert.Contains("Target A names something that is not a target member", result.Err);
    }

    [Fact]
    public void A_long_chain_and_a_wide_fan_are_planned_without_recursion()
    {
        var targets = Enumerable.Range(0, 20_000).Select(index => Graphs.Target($"T{index}")).ToList();
        for (var index = 1; index < targets.Count; index++)
            targets[index].ExecutionEdges.Add(targets[index - 1]);
        Assert.Equal(targets, ExecutionPlanner.Plan(targets, [targets[^1]]));

        var fan = Enumerable.Range(0, 20_000).Select(index => Graphs.Target($"F{index}")).ToList();
        fan[0].ExecutionEdges.AddRange(fan.Skip(1));
        Assert.Equal(fan.AsEnumerable().Reverse(), ExecutionPlanner.Plan(fan, [fan[0]]));
    }

    [Fact]
    public void Every_planned_order_respects_every_edge_on_random_graphs()
    {
        const int Seed = 20260;
        var random = new Random(Seed);
        for (var round = 0; round < 200; round++)
        {
            var targets = Enumerable.Range(0, random.Next(1, 25)).Select(index => Graphs.Target($"T{index}")).ToList();
            for (var index = 1; index < targets.Count; index++)
                foreach (var other in targets.Take(index).Where(_ => random.Next(4) == 0))
                    (random.Next(2) == 0 ? targets[index].ExecutionEdges : targets[index].OrderEdges).Add(other);
            var plan = ExecutionPlanner.Plan(targets, [.. targets.Where(_ => random.Next(3) == 0)]).ToList();
            foreach (var target in plan)
                foreach (var before in target.Predecessors.Where(plan.Contains))
                    Assert.True(plan.IndexOf(before) < plan.IndexOf(target), $"seed {Seed}, round {round}: {before} before {target}");
        }
    }
}
