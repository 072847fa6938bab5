using System.Text.RegularExpressions;
using WasmWizard.Delivery.Checking.Reading;

namespace WasmWizard.Delivery.Checking.Rules;

/// <summary>A secret that a step prints, or writes where later steps and artifacts carry it on.</summary>
internal sealed partial class PrintedSecret : CheckRule
{
    public override string Id => "WW6502";

    public override string Title => "A secret is printed";

    public override string Required => "no step prints a secret: masking knows the whole value only, not a part of it and no other form";

    protected override IEnumerable<Place> Inspect(Repository repository) =>
        from script in repository.Steps
        from command in script.Commands
        where command.Program is ["echo" or "printf", ..] && command.Redirects.Count == 0 && command.After != "|" && command.Text.Length < 2000
        let match = Secret().Match(command.Text)
        where match.Success && !command.Text.Contains("::add-mask::", StringComparison.Ordinal)
        select new Place(script.File.Path, command.Line, $"a step prints {match.Groups[1].Value}", "pass it to the program that needs it through env, and print nothing of it");

    [GeneratedRegex(@"\$\{\{\s*(secrets\.\w+)\s*\}\}")]
    private static partial Regex Secret();
}
