namespace WasmWizard.Service.Tests.Servers;

/// <summary>A test that starts PostgreSQL and Redis; where one is absent it is reported as skipped with its name, which master does not accept.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class ServersFactAttribute : FactAttribute
{
    public ServersFactAttribute() => Skip = Absent();

    /// <summary>Null when all are there.</summary>
    internal static string? Absent() =>
        new List<string> { "initdb", "postgres", "redis-server" }.Find(program => Loopback.Find(program) is null) is { } absent ? $"{absent} is not installed" : null;
}

/// <summary>As <see cref="ServersFactAttribute"/>, for several rows.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class ServersTheoryAttribute : TheoryAttribute
{
    public ServersTheoryAttribute() => Skip = ServersFactAttribute.Absent();
}
