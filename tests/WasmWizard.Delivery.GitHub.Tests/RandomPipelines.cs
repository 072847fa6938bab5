using WasmWizard.Delivery.Environments;
using WasmWizard.Delivery.Gates;
using WasmWizard.Delivery.Generation;
using WasmWizard.Delivery.GitHub.Pipelines;

namespace WasmWizard.Delivery.GitHub.Tests;

/// <summary>Consistent pipelines of any shape, one per seed.</summary>
internal static class RandomPipelines
{
    private static readonly string[] Operations = ["Rollback", "Promote", "Incident", "Release", "Protect", "Backup", "Status"];

    /// <summary>CI tries 100; a campaign sets more.</summary>
    public static int Count { get; } =
        int.TryParse(Environment.GetEnvironmentVariable("WORKFLOW_SEEDS"), System.Globalization.CultureInfo.InvariantCulture, out var count) ? count : 100;

    /// <summary>Every file of every pipeline that CI tries, the one of usual shape first; made and read once for all tests.</summary>
    public static IReadOnlyList<(string Pipeline, GeneratedFile File, ParsedWorkflow Parsed)> Generated { get; } =
    [
        .. from pipeline in Enumerable.Range(0, Count).Select(seed => (Name: $"seed {seed}", Definition: Of(seed))).Prepend((Name: "the usual one", Samples.Definition))
           from file in WorkflowFiles.Generate(pipeline.Definition)
           select (pipeline.Name, file, new ParsedWorkflow(file.Content)),
    ];

    public static PipelineDefinition Of(int seed)
    {
        var random = new Random(seed);
        var planned = GateId.All.Where(_ => random.Next(4) == 0).ToList();
        var names = new List<string> { PipelineDefinition.WindowsTarget };
        var targets = new List<PipelineTarget> { new(PipelineDefinition.WindowsTarget, "Compile: all # of it", []) };
        var gates = new Queue<GateId>(GateId.All.Except(planned).OrderBy(_ => random.Next()));
        while (gates.Count > 0 || random.Next(6) > 0)
        {
            var held = Enumerable.Range(0, random.Next(3)).Where(_ => gates.Count > 0).Select(_ => gates.Dequeue()).ToList();
            var dependencies = names.Where(_ => random.Next(names.Count) < 2).ToList();
            var name = $"Step{(char)('A' + (names.Count % 26))}{names.Count}";
            targets.Add(new(name, random.Next(2) == 0 ? "" : $"Target {name}", dependencies)
            {
                Gates = held,
                NeedsHistory = random.Next(2) == 0,
                Product = random.Next(3) == 0 ? $"artifacts/{name}" : "",
                NeedsKey = held.Count == 0 && random.Next(4) == 0,
            });
            names.Add(name);
        }
        targets.Add(new(PipelineDefinition.DeployTarget, "Deploy", [.. names.Where(_ => random.Next(2) == 0)]));
        targets.AddRange(Operations.Where(_ => random.Next(2) == 0).Select(name => new PipelineTarget(name, $"Does: {name}", [])));
        // The order of declaration says nothing about the order of running.
        var shuffled = targets.OrderBy(_ => random.Next()).ToList();
        var environments = new[] { ("master", EnvironmentName.Production), ("development", EnvironmentName.Staging), ("research", EnvironmentName.Research) }
            .Select(row => Samples.Environment(row.Item2, row.Item1, [(TargetKind)random.Next(3)], GateId.All.Where(_ => random.Next(5) > 0), random.Next(2) == 0))
            .ToList();
        return new(new DeliveryStrategy(environments, planned), shuffled, Samples.Actions);
    }
}
