using System.Text;
using WasmWizard.Delivery.Gates;
using Xunit.Abstractions;

namespace WasmWizard.Delivery.Tests.Gates.Mutations;

/// <summary>Every gate, every way to break it, and that it bites: printed as one table.</summary>
public class MutationTableSpecs(ITestOutputHelper output)
{
    private const int FewestMutations = 5;

    private static readonly IReadOnlyList<IGateMutations> Gates =
    [
        .. typeof(MutationTableSpecs).Assembly.GetTypes()
            .Where(type => type is { IsClass: true, IsAbstract: false } && type.IsAssignableTo(typeof(IGateMutations)))
            .Select(type => (IGateMutations)Activator.CreateInstance(type)!)
            .OrderBy(gate => GateId.All.ToList().IndexOf(gate.Gate)),
    ];

    [Fact]
    public void Every_gate_passes_its_control_and_every_mutation_turns_it_red()
    {
        var table = new StringBuilder("| gate | broken | how | verdict |\n| --- | --- | --- | --- |\n");
        var green = new List<string>();
        foreach (var gate in Gates)
        {
            var control = gate.Healthy();
            table.Append($"| {gate.Gate} | (control) | {gate.Control} | {control.Verdict} |\n");
            if (control.Verdict != Verdict.Passed)
                green.Add($"{gate.Gate}: the control is {control.Verdict}: {control.Reason}");
            foreach (var mutation in gate.Mutations)
            {
                var result = mutation.Judge();
                table.Append($"| {gate.Gate} | {mutation.Kind} | {mutation.Broken} | {result.Verdict} |\n");
                if (result.Verdict == Verdict.Passed)
                    green.Add($"{gate.Gate}: {mutation.Broken} passes");
                else if (result.Fix.Length == 0 || result.Reason.Length == 0)
                    green.Add($"{gate.Gate}: {mutation.Broken} is {result.Verdict} without a reason and a next step");
            }
        }

        output.WriteLine(table.ToString());
        Assert.True(green.Count == 0, string.Join('\n', green));
    }

    [Fact]
    public void Every_gate_has_at_least_five_mutations_of_at_least_three_kinds_and_none_is_there_twice()
    {
        Assert.Equal(Gates.Count, Gates.Select(gate => gate.Gate).Distinct().Count());
        Assert.All(Gates, gate =>
        {
            Assert.True(gate.Mutations.Count >= FewestMutations, $"{gate.Gate} has {gate.Mutations.Count} mutations");
            Assert.True(gate.Mutations.Select(mutation => mutation.Kind).Distinct().Count() >= 3, $"{gate.Gate} breaks too few kinds of things");
            Assert.Equal(gate.Mutations.Count, gate.Mutations.Select(mutation => mutation.Broken).Distinct().Count());
        });
    }

    [Fact]
    public void No_gate_is_left_out() =>
        Assert.Empty(GateId.All.Except(Gates.Select(gate => gate.Gate)).Select(gate => gate.ToString()));
}
