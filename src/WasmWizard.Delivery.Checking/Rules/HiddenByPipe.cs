using WasmWizard.Delivery.Checking.Reading;

namespace WasmWizard.Delivery.Checking.Rules;

/// <summary>A check in front of a pipe whose exit code is that of the last command.</summary>
internal sealed class HiddenByPipe : CheckRule
{
    public override string Id => "WW6203";

    public override string Title => "A pipe hides a check's failure";

    public override string Required => "with a pipe behind it a check needs pipefail: without it the exit code is that of the last command";

    protected override IEnumerable<Place> Inspect(Repository repository) =>
        from script in repository.Scripts
        from state in ShellState.Of(script)
        let command = script.Commands[state.At]
        where command.After == "|" && !state.PipesFail && !command.IsCondition && Capabilities.IsGate(command) && !IsAskedLater(script, state.At)
        select new Place(script.File.Path, command.Line, $"{command.Text} | {(state.At + 1 < script.Commands.Count ? script.Commands[state.At + 1].Text : "")}", script.Step is null ? "set -o pipefail first" : "shell: bash (which sets pipefail), or set -o pipefail first");

    // The last command may itself judge what it reads, as grep -q and test reporters do.
    private static bool IsAskedLater(Script script, int at) =>
        script.Commands.Skip(at + 1).TakeWhile((command, index) => index == 0 || command.Before == "|").Any(command => command.Program is [{ } name, ..] && name is "grep" or "xargs" or "awk" or "python" or "python3" or "go-junit-report" or "tap-spec" or "jq")
        || script.Commands.Skip(at + 1).Any(command => command.Text.Contains("PIPESTATUS", StringComparison.Ordinal));
}
