using WasmWizard.Delivery.Checking.Reading;

namespace WasmWizard.Delivery.Checking.Rules;

/// <summary>A backup before each deployment that no deployment takes.</summary>
internal sealed class UnkeptBackup : CheckRule
{
    public override string Id => "WW6003";

    public override string Title => "The promised backup is taken nowhere";

    public override string Required => "a backup is taken before each deployment";

    protected override IEnumerable<Place> Inspect(Repository repository)
    {
        if (repository.Strategy.BackupFirst is { } promise && repository.Workflows.Count > 0
            && !repository.Workflows.SelectMany(workflow => workflow.Jobs).Any(job => Takes(repository, job)))
        {
            yield return new(promise.File, promise.Line, "no workflow takes a backup", "take and restore a backup in the deploying workflow before the migration")
            {
                Promised = promise.ToString(),
            };
        }
    }

    private static bool Takes(Repository repository, Job job) =>
        job.Steps.Any(step => EchoedSteps.Subject(step.Name) == "backup") || EchoedSteps.Subject(job.Id + " " + job.Name) == "backup"
        || RunTexts.Of(repository, job).Any(text => Capabilities.In(text).Contains(Capability.Backup) || text.Contains("build.sh Deploy", StringComparison.Ordinal));
}
