using WasmWizard.Delivery.Checking.Reading;
using WasmWizard.Delivery.Checking.Shell;

namespace WasmWizard.Delivery.Checking.Rules;

/// <summary>A check whose output is searched for bad words: when it breaks it says none, and passes.</summary>
internal sealed class UnaskedGate : CheckRule
{
    private const int BranchLength = 12;

    public override string Id => "WW6208";

    public override string Title => "A check that breaks passes";

    public override string Required => "a check passes by its own exit code: output that is searched for bad words has none when the tool did not run";

    protected override IEnumerable<Place> Inspect(Repository repository) =>
        from script in repository.Scripts
        from at in Enumerable.Range(0, Math.Max(0, script.Commands.Count - 1))
        let command = script.Commands[at]
        where command.IsCondition && command.After == "|" && Capabilities.IsGate(command) && script.Commands[at + 1].Program is ["grep" or "jq" or "egrep" or "awk", ..]
        where script.Commands.Skip(at + 2).Take(BranchLength).Any(IsRefusal) && !IsAskedElsewhere(script, command)
        select new Place(script.File.Path, command.Line, $"if {command.Text} | {script.Commands[at + 1].Text}", "let the tool judge by its exit code, e.g. with a severity; or keep its output and its exit code, and ask both");

    private static bool IsRefusal(ShellCommand command) => command.Program is ["exit" or "return", not "0", ..];

    /// <summary>The same tool runs plainly, and not only to show its output before the refusal.</summary>
    private static bool IsAskedElsewhere(Script script, ShellCommand gate)
    {
        for (var at = 0; at < script.Commands.Count; at++)
        {
            var command = script.Commands[at];
            if (!command.IsCondition && command.After is ";" or "&&" && command.Program.Take(2).SequenceEqual(gate.Program.Take(2)) && !(at + 1 < script.Commands.Count && IsRefusal(script.Commands[at + 1])))
                return true;
        }

        return false;
    }
}
