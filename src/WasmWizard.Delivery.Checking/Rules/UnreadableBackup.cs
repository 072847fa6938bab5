using WasmWizard.Delivery.Checking.Reading;

namespace WasmWizard.Delivery.Checking.Rules;

/// <summary>A whole backup that is taken for a broken one: <c>head</c> ends the unpacker, pipefail calls that a failure.</summary>
internal sealed class UnreadableBackup : CheckRule
{
    public override string Id => "WW6313";

    public override string Title => "A whole backup is taken for a broken one";

    public override string Required => "a test of a backup passes for a whole one: under pipefail, head ends the unpacker by a signal, which counts as its failure";

    protected override IEnumerable<Place> Inspect(Repository repository) =>
        from script in repository.Scripts
        where script.Commands.Any(command => command.Text.Contains("backup", StringComparison.OrdinalIgnoreCase) || command.Text.Contains("dump", StringComparison.OrdinalIgnoreCase))
        from state in ShellState.Of(script)
        let command = script.Commands[state.At]
        where state.PipesFail && command.IsCondition && command.After == "|" && command.Program is ["zcat" or "gunzip" or "gzip" or "xzcat" or "zstdcat" or "zstd" or "bzcat" or "pg_restore", ..]
        where state.At + 1 < script.Commands.Count && script.Commands[state.At + 1].Program is ["head", ..] or ["grep", "-q" or "-qE" or "-m1", ..]
        select new Place(script.File.Path, command.Line, $"{command.Text} | {script.Commands[state.At + 1].Text} under pipefail", "test the whole file (gzip -t), and restore it into a scratch database");
}
