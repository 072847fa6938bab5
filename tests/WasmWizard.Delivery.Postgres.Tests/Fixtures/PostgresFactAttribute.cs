namespace WasmWizard.Delivery.Postgres.Tests.Fixtures;

/// <summary>A test that starts PostgreSQL; where it is absent it is reported as skipped with the program's name, which master does not accept.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class PostgresFactAttribute : FactAttribute
{
    public PostgresFactAttribute() => Skip = Absent();

    internal static string? Absent() =>
        new List<string> { "initdb", "postgres", "pg_dump", "pg_restore" }.Find(program => Loopback.Find(program) is null) is { } absent ? $"{absent} is not installed" : null;
}

/// <summary>As <see cref="PostgresFactAttribute"/>, for several rows.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class PostgresTheoryAttribute : TheoryAttribute
{
    public PostgresTheoryAttribute() => Skip = PostgresFactAttribute.Absent();
}

/// <summary>One server for all tests; each has a database of its own.</summary>
[CollectionDefinition(Name)]
public sealed class OneServer : ICollectionFixture<PostgresServer>
{
    public const string Name = "one server";
}
