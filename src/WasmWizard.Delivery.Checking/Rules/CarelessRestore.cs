using WasmWizard.Delivery.Checking.Reading;

namespace WasmWizard.Delivery.Checking.Rules;

/// <summary>A restore that goes on after errors and ends well.</summary>
internal sealed class CarelessRestore : CheckRule
{
    public override string Id => "WW6314";

    public override string Title => "A restore goes on after errors";

    public override string Required => "a restore that fails says so: psql reads a script to its end and succeeds, whatever failed in it, unless ON_ERROR_STOP is set";

    protected override IEnumerable<Place> Inspect(Repository repository) =>
        from script in repository.Scripts
        where (script.Title + " " + script.File.Name).Contains("restore", StringComparison.OrdinalIgnoreCase)
        where !script.Commands.Any(command => command.Text.Contains("ON_ERROR_STOP", StringComparison.Ordinal))
        from at in Enumerable.Range(0, script.Commands.Count)
        let command = script.Commands[at]
        where command.Program.Contains("psql") && !command.DoesNothing && !command.Words.Any(word => word is "-c" or "--command" or "-l" or "--list" || word.StartsWith("--command=", StringComparison.Ordinal) || (word.StartsWith('-') && !word.StartsWith("--", StringComparison.Ordinal) && word.EndsWith('c')))
        where command.Before == "|" || command.ReadsFile || command.Words.Any(word => word is "-f" or "--file" || word.StartsWith("--file=", StringComparison.Ordinal))
        select new Place(script.File.Path, command.Line, command.Text, "psql --set ON_ERROR_STOP=1 --single-transaction");
}
