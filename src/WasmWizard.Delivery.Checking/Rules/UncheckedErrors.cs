using WasmWizard.Delivery.Checking.Reading;

namespace WasmWizard.Delivery.Checking.Rules;

/// <summary>A check after <c>set +e</c> whose exit code nobody asks for.</summary>
internal sealed class UncheckedErrors : CheckRule
{
    public override string Id => "WW6204";

    public override string Title => "A check's exit code is asked by nobody";

    public override string Required => "after set +e the exit code of a check is asked";

    protected override IEnumerable<Place> Inspect(Repository repository) =>
        from script in repository.Scripts
        where script.Commands.Any(command => command.Words is ["set", "+e" or "+ex" or "+eu", ..])
        from state in ShellState.Of(script)
        let command = script.Commands[state.At]
        where !state.StopsOnError && state.At < script.Commands.Count - 1 && command.After == ";" && !command.IsCondition && Capabilities.IsGate(command)
        where !script.Commands.Skip(state.At + 1).Any(later => later.Text.Contains("$?", StringComparison.Ordinal) || later.Text.Contains("PIPESTATUS", StringComparison.Ordinal))
        select new Place(script.File.Path, command.Line, $"{command.Text} under set +e", "keep the exit code (status=$?) and end with it, or remove set +e");
}
