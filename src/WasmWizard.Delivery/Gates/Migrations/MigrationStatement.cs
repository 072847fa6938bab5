using WasmWizard.Delivery.Gates.Migrations.Sql;

namespace WasmWizard.Delivery.Gates.Migrations;

/// <summary>A statement as the rules see it: what it changes, and whether others already use that.</summary>
/// <param name="Engine">Whose SQL it is.</param>
/// <param name="Phrase">Its tokens.</param>
/// <param name="IsOnNewTable">The table was created earlier in the same migration: nobody reads or writes it yet.</param>
public sealed record MigrationStatement(SqlEngine Engine, SqlPhrase Phrase, bool IsOnNewTable)
{
    /// <summary>The actions of ALTER TABLE; none for other statements.</summary>
    public IEnumerable<SqlPhrase> Actions { get; } = Phrase.Starts("ALTER TABLE") ? [.. Subject(Phrase).AfterName.Without("*").Parts()] : [];

    /// <summary>ALTER TABLE of a table that may hold rows and be in use.</summary>
    public IEnumerable<SqlPhrase> ActionsOnUsed => IsOnNewTable ? [] : Actions;

    /// <summary>Columns that ALTER TABLE adds, each starting with its name.</summary>
    public IEnumerable<SqlPhrase> Added => Actions.Where(action => action.Starts("ADD") && !IsConstraint(action.Without("ADD")))
        .Select(action => action.Without("ADD").Without("COLUMN").Without("IF NOT EXISTS"));

    public IEnumerable<SqlPhrase> AddedToUsed => IsOnNewTable ? [] : Added;

    /// <summary>Constraints that ALTER TABLE adds, without ADD CONSTRAINT and the name.</summary>
    public IEnumerable<SqlPhrase> ConstraintsOnUsed => ActionsOnUsed.Where(action => action.Starts("ADD") && IsConstraint(action.Without("ADD")))
        .Select(action => action.Starts("ADD CONSTRAINT") ? action.Without("ADD CONSTRAINT").AfterName : action.Without("ADD"));

    /// <summary>Every column that the statement defines, new table or not.</summary>
    public IEnumerable<SqlPhrase> Columns => CreatesTable
        ? Phrase.Inside.Parts().Where(part => !IsConstraint(part) && !part.Starts("LIKE"))
        : Added;

    /// <summary>The type that ALTER TABLE gives to columns, e.g. the rest of <c>ALTER COLUMN c TYPE ...</c>.</summary>
    public IEnumerable<SqlPhrase> Retyped => Actions.Where(action => action.Starts("ALTER") && action.HasAny("TYPE", "SET DATA TYPE")).Select(action => action.After("TYPE"));

    public bool CreatesTable => Phrase.Starts("CREATE") && CreatedTable(Phrase) is not null;

    public bool CreatesIndex => Phrase.Starts("CREATE INDEX") || Phrase.Starts("CREATE UNIQUE INDEX");

    /// <summary>The table that the statement creates; null when it creates none.</summary>
    public static string? CreatedTable(SqlPhrase phrase)
    {
        if (!phrase.Starts("CREATE"))
            return null;
        var rest = phrase.Without("CREATE").Without("GLOBAL").Without("LOCAL").Without("TEMPORARY").Without("TEMP").Without("UNLOGGED");
        return rest.Starts("TABLE") ? rest.Without("TABLE").Without("IF NOT EXISTS").Name : null;
    }

    /// <summary>The table that the statement changes; null when that is no one table.</summary>
    public static string? ChangedTable(SqlPhrase phrase) =>
        phrase.Starts("ALTER TABLE") ? Subject(phrase).Name
        : phrase.Starts("CREATE INDEX") || phrase.Starts("CREATE UNIQUE INDEX") ? phrase.After("ON").Without("ONLY").Name
        : phrase.Starts("UPDATE") ? phrase.Without("UPDATE").Without("ONLY").Name
        : phrase.Starts("DELETE FROM") ? phrase.Without("DELETE FROM").Without("ONLY").Name
        : null;

    private static SqlPhrase Subject(SqlPhrase phrase) => phrase.Without("ALTER TABLE").Without("IF EXISTS").Without("ONLY");

    private static bool IsConstraint(SqlPhrase definition) =>
        definition.Starts("CONSTRAINT") || definition.Starts("PRIMARY KEY") || definition.Starts("UNIQUE") || definition.Starts("FOREIGN KEY") || definition.Starts("CHECK") || definition.Starts("EXCLUDE");
}
