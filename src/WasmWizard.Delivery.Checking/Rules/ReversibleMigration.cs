using System.Text.RegularExpressions;
using WasmWizard.Delivery.Checking.Reading;

namespace WasmWizard.Delivery.Checking.Rules;

/// <summary>A down migration where migrations are promised to go forward only.</summary>
internal sealed partial class ReversibleMigration : CheckRule
{
    public override string Id => "WW6701";

    public override string Title => "A migration can be undone where migrations only go forward";

    public override string Required => "migrations only go forward; code rolls back over the newer schema";

    protected override IEnumerable<Place> Inspect(Repository repository) =>
        from promise in new[] { repository.Strategy.ForwardOnly }
        where promise is not null
        from file in repository.Files
        where !file.IsAside && (DownFile().IsMatch(file.Path) || (file.Extension == ".sql" && DownSection().IsMatch(file.Text)))
        select new Place(file.Path, DownFile().IsMatch(file.Path) ? 1 : LineOf(file.Lines), "a migration that goes back", "remove it; a later migration takes back what has to go") { Promised = promise.ToString() };

    private static int LineOf(IReadOnlyList<string> lines) => lines.ToList().FindIndex(line => DownSection().IsMatch(line)) + 1;

    [GeneratedRegex(@"(?i)(migrations?|migrate|db|schema)/.*([._-]down\.sql|/down\.sql|^U\d+.*\.sql|/U\d+__.*\.sql|\.undo\.sql|_rollback\.sql)$")]
    private static partial Regex DownFile();

    [GeneratedRegex(@"(?im)^--\s*(\+goose Down|migrate:down|\+migrate Down|//@UNDO|@UNDO|rollback\b.{0,20}$)")]
    private static partial Regex DownSection();
}
