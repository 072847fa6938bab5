namespace WasmWizard.Delivery.Gates.Migrations.Sql;

/// <summary>Whose SQL it is. The folder below Migrations is called like this.</summary>
public enum SqlEngine
{
    Postgres,
    Sqlite,
}

/// <summary>A text that cannot be read as SQL, so that nothing can be said about what it does.</summary>
public sealed class UnreadableSqlException(int line, string message) : FormatException(message)
{
    public int Line { get; } = line;
}
