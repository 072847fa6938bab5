using WasmWizard.Delivery.Gates;
using WasmWizard.Delivery.GitHub.Actions;
using WasmWizard.Delivery.GitHub.Pipelines;

namespace WasmWizard.Delivery.GitHub.Tests.Pipelines;

public sealed class PipelineDefinitionSpecs
{
    [Fact]
    public void A_gate_that_is_neither_measured_nor_planned_is_a_fault_and_so_is_all_the_rest_at_once()
    {
        var targets = new PipelineTarget[]
        {
            new("Test", "", []) { Gates = [GateId.Tests, GateId.Format] },
            new("Format", "", []) { Gates = [GateId.Format] },
            new("format", "", []) { Gates = [GateId.Coverage] },
        };

        var fault = Assert.Throws<ArgumentException>(() => new PipelineDefinition(Samples.Strategy, targets, ActionLock.Parse("""{"actions":[]}""")));

        Assert.Contains("the gate 'generated', no target measures it", fault.Message, StringComparison.Ordinal);
        Assert.Contains("the gate 'format' is measured by Test and Format", fault.Message, StringComparison.Ordinal);
        Assert.Contains("Format and format would both be the job 'format'", fault.Message, StringComparison.Ordinal);
        Assert.Contains("there is no target 'Deploy'", fault.Message, StringComparison.Ordinal);
        Assert.Contains("there is no target 'Compile'", fault.Message, StringComparison.Ordinal);
        Assert.Contains("does not hold 'actions/checkout'", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_cycle_is_spelled_out()
    {
        var fault = Assert.Throws<ArgumentException>(() => new TargetGraph([new("A", "", ["B"]), new("B", "", ["C"]), new("C", "", ["B"])]));

        Assert.Contains("B -> C -> B", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Unknown_dependencies_and_double_names_are_told_together()
    {
        var fault = Assert.Throws<ArgumentException>(() => new TargetGraph([new("A", "", ["X"]), new("A", "", ["Y"])]));

        Assert.Contains("two targets are called 'A'", fault.Message, StringComparison.Ordinal);
        Assert.Contains("'A' depends on 'X'", fault.Message, StringComparison.Ordinal);
        Assert.Contains("'A' depends on 'Y'", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Dependencies_come_first_and_otherwise_the_given_order_stays()
    {
        var graph = new TargetGraph([new("C", "", ["A"]), new("B", "", []), new("A", "", [])]);

        Assert.Equal(["A", "C", "B"], graph.Ordered.Select(target => target.Name));
    }

    [Fact]
    public void A_target_that_measures_two_gates_is_one_job_that_keeps_the_evidence_of_both()
    {
        var targets = Samples.Targets
            .Where(target => target.Name != "Coverage")
            .Select(target => target.Name == "Test" ? target with { Gates = [GateId.Tests, GateId.Coverage] } : target with { DependsOn = [.. target.DependsOn.Select(name => name == "Coverage" ? "Test" : name)] })
            .ToList();

        var text = WorkflowFiles.Generate(new(Samples.Strategy, targets, Samples.Actions))[1].Content;

        Assert.Contains("          path: |-\n            artifacts/evidence/tests*\n            artifacts/evidence/coverage*\n", text, StringComparison.Ordinal);
        Assert.Contains("  # tests (required): the demand of tests\n  # coverage (required): the demand of coverage\n  test:\n", text, StringComparison.Ordinal);
    }
}
