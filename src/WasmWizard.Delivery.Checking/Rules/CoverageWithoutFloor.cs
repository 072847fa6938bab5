using System.Text.RegularExpressions;
using WasmWizard.Delivery.Checking.Reading;

namespace WasmWizard.Delivery.Checking.Rules;

/// <summary>Coverage that is promised, measured, and compared with nothing.</summary>
internal sealed partial class CoverageWithoutFloor : CheckRule
{
    public override string Id => "WW6206";

    public override string Title => "Coverage has no floor";

    public override string Required => "coverage below the promised share fails";

    protected override IEnumerable<Place> Inspect(Repository repository)
    {
        if (repository.Strategy.CoverageFloor is not { } promise || HasFloor(repository))
            yield break;
        foreach (var script in repository.Steps)
        {
            foreach (var command in script.Commands.Where(command => Measures().IsMatch(string.Join(' ', command.Program))))
            {
                yield return new(script.File.Path, command.Line, $"{command.Text} compares with nothing", "tell the tool its floor, e.g. --fail-under 85") { Promised = promise.ToString() };
                yield break;
            }
        }
    }

    private static bool HasFloor(Repository repository) => repository.Files.Any(file =>
        (file.IsYaml || file.Extension is ".toml" or ".cfg" or ".ini" or ".json" or ".js" or ".ts" or ".cjs" or ".mjs" or ".xml" or ".gradle" or ".kts" or ".sh" or ".cs" || file.Name is ".coveragerc" or ".nycrc" || Script.IsMakefile(file))
        && Floor().IsMatch(file.Text));

    [GeneratedRegex(@"^(cargo (tarpaulin|llvm-cov)|pytest .*--cov|coverage (report|xml)|nyc |c8 |(npx )?jest .*--coverage|go test .*-cover|vitest .*--coverage)")]
    private static partial Regex Measures();

    [GeneratedRegex(@"(fail[-_]under|coverageThreshold|check-coverage|thresholds?\s*[:=]|<minimum>|minimum\s*=|LeastLinesPercent|-lt 8|< *8\d|project:\s*\n\s*default:|COVERAGE_MIN|min[-_]coverage)")]
    private static partial Regex Floor();
}
