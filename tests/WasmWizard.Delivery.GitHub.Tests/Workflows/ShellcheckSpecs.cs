using System.Diagnostics;
using YamlDotNet.RepresentationModel;

namespace WasmWizard.Delivery.GitHub.Tests.Workflows;

/// <summary>The scripts inside this repository's workflows, as a linter of shells sees them.</summary>
public sealed class ShellcheckSpecs
{
    [ToolFact("shellcheck")]
    public void It_finds_nothing_in_the_scripts_of_this_repositorys_workflows()
    {
        var folder = Directory.CreateTempSubdirectory("scripts-");
        try
        {
            var scripts = Directory.GetFiles(Repository.File(".github/workflows"), "*.yml").SelectMany(file => new ParsedWorkflow(File.ReadAllText(file)).Steps)
                .Where(step => ParsedWorkflow.Text(step, "run") is not null && ParsedWorkflow.Text(step, "shell") is null).Select(Script).Distinct().ToList();
            var paths = scripts.Select((script, number) => Path.Combine(folder.FullName, $"{number}.sh")).ToList();
            foreach (var (path, script) in paths.Zip(scripts))
                File.WriteAllText(path, script);

            using var process = Process.Start(new ProcessStartInfo("shellcheck", ["--shell=bash", "--format=gcc", .. paths]) { RedirectStandardOutput = true })!;
            var findings = process.StandardOutput.ReadToEnd();
            process.WaitForExit();

            Assert.True(scripts.Count > 10, $"{scripts.Count} scripts");
            Assert.True(process.ExitCode == 0, findings);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    // The platform sets a step's variables before the script begins.
    private static string Script(YamlMappingNode step)
    {
        var variables = step.Children.TryGetValue("env", out var map) ? ((YamlMappingNode)map).Children.Keys.Select(name => $"export {name}\n") : [];
        return $"{string.Concat(variables)}{ParsedWorkflow.Text(step, "run")}\n";
    }
}
