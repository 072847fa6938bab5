using WasmWizard.Delivery.Checking;
using WasmWizard.Delivery.Checking.Reports;
using WasmWizard.Delivery.Checking.Snapshots;

/// <summary>Reads a checkout, asks the rules, tells: people, programs (<c>artifacts/check.json</c>) and code hosts (<c>artifacts/check.sarif</c>).</summary>
public static class RepositoryChecks
{
    public static async Task Check(ICheck build)
    {
        var folder = Path.GetFullPath(build.Repository ?? build.RootDirectory);
        var reading = await GitCheckout.Read(folder, EngineSeam.CancellationOf(build));
        build.Require(reading is CheckoutReading.NoCheckout no ? [no.Fault] : []);
        var findings = RepositoryCheck.Of(((CheckoutReading.Read)reading).Snapshot);
        foreach (var line in CheckText.Lines(findings, RepositoryCheck.Rules))
            Log.Information("{Line:l}", line);
        (build.RootDirectory / "artifacts" / "check.sarif").WriteAllText(CheckSarif.Write(findings, RepositoryCheck.Rules));
        EngineSeam.Publish(build, nameof(Check), CheckJson.Write(findings));
        build.Conclude(findings.Any(finding => finding.Severity == CheckSeverity.Error), $"{folder}: {CheckText.Summary(findings)}");
    }
}
