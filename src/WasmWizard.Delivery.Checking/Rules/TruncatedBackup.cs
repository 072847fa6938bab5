using WasmWizard.Delivery.Checking.Reading;

namespace WasmWizard.Delivery.Checking.Rules;

/// <summary>A backup behind a pipe that hides that the dump broke off.</summary>
internal sealed class TruncatedBackup : CheckRule
{
    public override string Id => "WW6311";

    public override string Title => "A broken backup looks like a whole one";

    public override string Required => "a dump that breaks off fails its script: without pipefail the packer's success stands for it, with || true nothing does";

    protected override IEnumerable<Place> Inspect(Repository repository) =>
        from script in repository.Scripts
        from state in ShellState.Of(script)
        let command = script.Commands[state.At]
        where !command.DoesNothing && !command.IsCondition && (IsDump(command) || (command.After == "||" && IsCopy(script, command)))
        where (command.After == "|" && !state.PipesFail) || (command.After == "||" && state.At + 1 < script.Commands.Count && script.Commands[state.At + 1].Program is ["true" or ":" or "echo", ..] && script.Commands[state.At + 1].After != "&&")
        select new Place(script.File.Path, command.Line, $"{command.Text} {command.After}", "set -o pipefail first and let it fail");

    private static bool IsDump(Shell.ShellCommand command) => command.Program.Any(word => word is "pg_dump" or "pg_dumpall" or "mysqldump" or "mongodump");

    private static bool IsCopy(Script script, Shell.ShellCommand command) =>
        script.File.Name.Contains("backup", StringComparison.OrdinalIgnoreCase) && command.Program is ["tar" or "rsync" or "restic" or "rclone" or "velero" or "gsutil" or "aws", ..];
}
