using WasmWizard.Delivery.Gates.Migrations.Sql;

namespace WasmWizard.Delivery.Gates.Migrations;

/// <summary>One thing that a migration may not do, and what to do instead.</summary>
/// <param name="Id">What an <c>accept</c> comment names.</param>
/// <param name="Hazard">What would happen, in one sentence.</param>
/// <param name="Recipe">The safe way.</param>
public sealed record MigrationRule(string Id, string Hazard, string Recipe)
{
    /// <summary>Where the hazard exists.</summary>
    public IReadOnlyList<SqlEngine> Engines { get; init; } = [SqlEngine.Postgres];

    /// <summary>Allowed in a migration that says <c>-- contract: ...</c>, because there it is the point.</summary>
    public bool IsContraction { get; init; }

    /// <summary>SQL that breaks the rule.</summary>
    public required string Bad { get; init; }

    /// <summary>SQL that reaches the same end and breaks no rule at all.</summary>
    public required string Good { get; init; }

    /// <summary>Whether a statement breaks it.</summary>
    public required Func<MigrationStatement, bool> Breaks { get; init; }
}
