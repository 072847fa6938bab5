using WasmWizard.Delivery.Checking.Reading;

namespace WasmWizard.Delivery.Checking.Rules;

/// <summary>A check whose failure is turned into success: <c>|| true</c>, <c>|| echo</c>, a recipe's <c>-</c>.</summary>
internal sealed class SwallowedGate : CheckRule
{
    public override string Id => "WW6201";

    public override string Title => "A check cannot fail";

    public override string Required => "a check that fails fails its job";

    protected override IEnumerable<Place> Inspect(Repository repository) =>
        from script in repository.Scripts
        from at in Enumerable.Range(0, script.Commands.Count)
        let command = script.Commands[at]
        where command.After == "||" && !command.IsCondition && Capabilities.IsGate(command) && Swallows(script, at + 1)
        select new Place(script.File.Path, command.Line, $"{command.Text} || {(at + 1 < script.Commands.Count ? script.Commands[at + 1].Text : "")}", "let it fail; what is known and accepted belongs into the tool's own list of exceptions");

    // What follows may print and then fail, or keep the code for later; then nothing is lost.
    private static bool Swallows(Script script, int at)
    {
        var depth = 0;
        for (; at < script.Commands.Count; at++)
        {
            var command = script.Commands[at];
            depth += command.Words.Count(word => word == "{") - command.Words.Count(word => word == "}");
            var words = command.Words.SkipWhile(word => word == "{").ToList();
            if (words is ["exit" or "return", not "0", ..] or ["false", ..] or ["exit" or "return"] || words.Exists(word => word.Contains("$?", StringComparison.Ordinal)) || words is [{ } only] && only.Contains('=', StringComparison.Ordinal))
                return false;
            if (!command.DoesNothing && words.Count > 0 && words[0] is not ("true" or "echo" or "printf" or ":" or "exit" or "}"))
                return false;
            if (depth <= 0 && command.After is not ("&&" or "||" or "|"))
                return true;
        }

        return true;
    }
}
