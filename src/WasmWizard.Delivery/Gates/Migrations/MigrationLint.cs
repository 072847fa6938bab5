using WasmWizard.Delivery.Gates.Migrations.Rules;
using WasmWizard.Delivery.Gates.Migrations.Sql;

namespace WasmWizard.Delivery.Gates.Migrations;

/// <summary>Holds a migration against every rule of its engine.</summary>
public static class MigrationLint
{
    private const string Mixed = "contract-alone";
    private const string Unused = "accept-unused";

    /// <param name="engine">Whose SQL it is.</param>
    /// <param name="path">Named in findings.</param>
    /// <param name="sql">The text.</param>
    /// <exception cref="UnreadableSqlException">The text is not SQL that the lint understands.</exception>
    public static IReadOnlyList<MigrationFinding> Check(SqlEngine engine, string path, string sql)
    {
        var statements = SqlScript.Read(sql, engine);
        var isContract = statements.Count > 0 && MigrationMarkers.IsContract(statements[0].Comments);
        var created = new HashSet<string>(StringComparer.Ordinal);
        var findings = new List<MigrationFinding>();
        foreach (var (phrase, comments) in statements)
        {
            var table = MigrationStatement.ChangedTable(phrase);
            var statement = new MigrationStatement(engine, phrase, table is not null && created.Contains(table));
            if (MigrationStatement.CreatedTable(phrase) is { } name)
                created.Add(name);
            var broken = MigrationRules.All.Where(rule => rule.Engines.Contains(engine) && rule.Breaks(statement)).ToList();
            var accepted = MigrationMarkers.Accepted(comments);
            findings.AddRange(broken.Where(rule => !accepted.Contains(rule.Id) && !(isContract && rule.IsContraction))
                .Select(rule => new MigrationFinding(rule.Id, path, phrase.Line, rule.Hazard, rule.Recipe)));
            findings.AddRange(accepted.Except(broken.Select(rule => rule.Id))
                .Select(id => new MigrationFinding(Unused, path, phrase.Line, $"'accept {id}' stands before a statement that does not break that rule", "take the comment away or correct the id")));
            if (isContract && !broken.Any(rule => rule.IsContraction) && !phrase.Starts("SET"))
                findings.Add(new(Mixed, path, phrase.Line, "a migration that contracts does something else as well", "put what expands into a migration of its own, released before"));
        }

        return findings;
    }
}
