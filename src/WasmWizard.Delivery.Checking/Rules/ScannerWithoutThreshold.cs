using System.Text.RegularExpressions;
using WasmWizard.Delivery.Checking.Reading;

namespace WasmWizard.Delivery.Checking.Rules;

/// <summary>A scanner or linter that was told to succeed whatever it finds, or that succeeds unless told otherwise.</summary>
internal sealed partial class ScannerWithoutThreshold : CheckRule
{
    public override string Id => "WW6205";

    public override string Title => "A scanner has no threshold";

    public override string Required => "a scanner fails when it finds what may not be there; some of them succeed always unless they are told";

    protected override IEnumerable<Place> Inspect(Repository repository)
    {
        var promise = repository.Strategy.Scan?.ToString();
        var weight = promise is null ? CheckSeverity.Warning : CheckSeverity.Error;
        foreach (var script in repository.Scripts)
        {
            foreach (var command in script.Commands.Where(command => command.Program.Count > 1))
            {
                if (Fault(string.Join(' ', command.Program)) is { } fault)
                    yield return new(script.File.Path, command.Line, $"{command.Text}: {fault.Found}", fault.Fix) { Promised = promise, Severity = fault.IsTold ? CheckSeverity.Error : weight };
            }
        }

        foreach (var step in repository.Workflows.SelectMany(workflow => workflow.Steps).Where(step => step.Action.StartsWith("aquasecurity/trivy-action", StringComparison.Ordinal)))
        {
            // A report that is uploaded is judged by the code host, which blocks when its own rule is set.
            var uploads = step.With["format"].Value is "sarif" or "cyclonedx" or "spdx-json" or "github";
            if (step.With["exit-code"].Value is "" or "0" && !(uploads && promise is null))
                yield return new(step.Job.Workflow.Path, step.Line, "trivy-action without exit-code: it succeeds whatever it finds", "exit-code: '1' with severity: HIGH,CRITICAL") { Promised = promise, Severity = weight };
        }
    }

    private static (string Found, string Fix, bool IsTold)? Fault(string command) =>
        Told().Match(command) is { Success: true } told ? ($"{told.Value.Trim()} makes it succeed always", "remove it", true)
        : Trivy().IsMatch(command) && !command.Contains("--exit-code", StringComparison.Ordinal) && !Report().IsMatch(command) ? ("without --exit-code it succeeds whatever it finds", "--exit-code 1 --severity HIGH,CRITICAL", false)
        : Grype().IsMatch(command) && !command.Contains("--fail-on", StringComparison.Ordinal) && !command.Contains("-f ", StringComparison.Ordinal) ? ("without --fail-on it succeeds whatever it finds", "--fail-on high", false)
        : command.StartsWith("docker scout cves", StringComparison.Ordinal) && !command.Contains("--exit-code", StringComparison.Ordinal) ? ("without --exit-code it succeeds whatever it finds", "--exit-code --only-severity critical,high", false)
        : null;

    [GeneratedRegex(@"^(trivy .*--exit-code[ =]0|(bandit|flake8|pylint|ruff|tflint) .*--exit-zero|golangci-lint .*--issues-exit-code[ =]0|gosec .*-no-fail|safety .*--continue-on-error|checkov .*--soft-fail|tfsec .*--soft-fail|hadolint .*--no-fail|(npm|yarn|pnpm) (run )?audit .*--audit-level[ =]none|jest .*--passWithNoTests --findRelatedTests)")]
    private static partial Regex Told();

    [GeneratedRegex(@"^trivy (.* )?(image|fs|filesystem|repo|config)\b")]
    private static partial Regex Trivy();

    [GeneratedRegex(@"(--format[ =](cyclonedx|spdx|sarif)|--download-db-only|--input)")]
    private static partial Regex Report();

    [GeneratedRegex(@"^grype [^-]")]
    private static partial Regex Grype();
}
