using WasmWizard.Delivery.Checking.Reading;

namespace WasmWizard.Delivery.Checking.Rules;

/// <summary>A scan of an image under a tag that nothing builds.</summary>
internal sealed class ScanOfUnbuiltImage : CheckRule
{
    private static readonly string[] Inputs = ["image-ref", "image", "scan-ref", "image-name"];

    public override string Id => "WW6405";

    public override string Title => "An image is scanned that nothing builds";

    public override string Required => "what is scanned is what was built and is deployed";

    protected override IEnumerable<Place> Inspect(Repository repository)
    {
        var images = repository.Images;
        var promise = repository.Strategy.Scan?.ToString();
        foreach (var (path, line, reference) in Scanned(repository))
        {
            var name = BuiltImages.NameOf(reference);
            if (images.Knows(name) && !images.MayBuild(reference))
                yield return new(path, line, $"a scan of {reference}", $"scan what is built ({images.TagsOf(name)}), best by the digest that the build puts out") { Promised = promise };
        }
    }

    private static IEnumerable<(string Path, int Line, string Reference)> Scanned(Repository repository)
    {
        foreach (var step in repository.Workflows.SelectMany(workflow => workflow.Steps).Where(step => step.Uses.Exists && Capabilities.In(step.Action).Contains(Capability.Scan)))
        {
            foreach (var input in Inputs.Select(key => step.With[key]).Where(input => input.Value.Length > 0 && step.With["scan-type"].Value is "" or "image"))
                yield return (step.Job.Workflow.Path, input.Line, input.Value.Trim());
        }

        foreach (var script in repository.Scripts)
        {
            foreach (var command in script.Commands.Where(command => command.Program is ["trivy", ..] && command.Program.Contains("image") || command.Program is ["grype" or "dockle", ..] or ["docker", "scout", ..]))
            {
                if (command.Program.Skip(1).LastOrDefault(word => word.Contains(':', StringComparison.Ordinal) && !word.StartsWith('-') && !word.Contains("://", StringComparison.Ordinal)) is { } reference)
                    yield return (script.File.Path, command.Line, reference);
            }
        }
    }
}
