using System.Text.RegularExpressions;
using WasmWizard.Delivery.Checking.Reading;

namespace WasmWizard.Delivery.Checking.Rules;

/// <summary>A backup that stays on a machine that is thrown away.</summary>
internal sealed partial class LostBackup : CheckRule
{
    public override string Id => "WW6310";

    public override string Title => "A backup is lost with the machine that took it";

    public override string Required => "a backup outlives the job that took it";

    protected override IEnumerable<Place> Inspect(Repository repository)
    {
        foreach (var job in repository.Workflows.SelectMany(workflow => workflow.Jobs))
        {
            var scripts = repository.Steps.Where(script => script.Step!.Job == job).ToList();
            var dump = scripts.SelectMany(script => script.Commands.Select(command => (script, command))).FirstOrDefault(pair => IsDump(pair.command));
            if (dump.command is null || job.Node["runs-on"].Value.Contains("self-hosted", StringComparison.Ordinal))
                continue;
            // Restored in the same job it was a drill; uploaded or copied away it is kept.
            if (!job.Steps.Any(step => Keeper().IsMatch(step.Action)) && !scripts.Exists(script => script.Commands.Any(command => Keeping().IsMatch(command.Text))))
                yield return new(dump.script.File.Path, dump.command.Line, $"{dump.command.Text} in a job that keeps nothing", "copy the backup to a store that outlives the job, and restore it once");
        }

        foreach (var manifest in repository.Manifests.Where(manifest => manifest.Kind == "CronJob" || manifest.Kind == "Job"))
        {
            var text = string.Join('\n', manifest.Root.All().Where(node => node.Kind == Yaml.NodeKind.Scalar).Select(node => node.Value));
            if (Dump().IsMatch(text) && !Keeping().IsMatch(text) && !manifest.Root.All().Any(node => node["persistentVolumeClaim"].Exists || node["hostPath"].Exists || node["nfs"].Exists || node["csi"].Exists))
                yield return new(manifest.File.Path, manifest.Root["kind"].Line, $"{manifest.Kind} {manifest.Name} writes a backup into its own container", "mount a volume that stays, or copy the backup to a store");
        }
    }

    private static bool IsDump(Shell.ShellCommand command) => !command.DoesNothing && Dump().IsMatch(string.Join(' ', command.Program));

    [GeneratedRegex(@"\b(pg_dump|pg_dumpall|mysqldump|mongodump|pg_basebackup)\b")]
    private static partial Regex Dump();

    [GeneratedRegex(@"(upload-artifact|s3|gcs|rclone|azure|scp|rsync)")]
    private static partial Regex Keeper();

    [GeneratedRegex(@"(aws s3|aws --\S+ \S+ s3|gsutil|gcloud storage|rclone|az storage|restic|\bscp\b|rsync|\bmc (cp|mirror)|s3cmd|pg_restore|psql .*<|curl .*(-T|--upload-file)|borg|b2 upload|gh release upload|velero|wal-g|oci os)")]
    private static partial Regex Keeping();
}
