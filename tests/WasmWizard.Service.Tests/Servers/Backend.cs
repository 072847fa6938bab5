namespace WasmWizard.Service.Tests.Servers;

/// <summary>PostgreSQL and Redis, started once for all tests that want them.</summary>
[CollectionDefinition(Name)]
public sealed class Backend : ICollectionFixture<PostgresServer>, ICollectionFixture<RedisServer>
{
    public const string Name = "servers";
}
