using WasmWizard.Delivery.Postgres.Programs;
using WasmWizard.Delivery.Postgres.Servers;

namespace WasmWizard.Delivery.Postgres.Tests.Fixtures;

/// <summary>What is done around the programs; each gets what it is about.</summary>
internal sealed record Disturbance
{
    public Func<PostgresAddress, Task> BeforeDump { get; init; } = _ => Task.CompletedTask;

    public Func<Stream, Stream> DuringDump { get; init; } = stream => stream;

    public Func<Task> BeforeRestore { get; init; } = () => Task.CompletedTask;

    public Func<PostgresAddress, Task> AfterRestore { get; init; } = _ => Task.CompletedTask;
}

internal sealed class DisturbedPrograms(IPostgresPrograms real, Disturbance disturbance) : IPostgresPrograms
{
    public async Task Dump(PostgresAddress from, string snapshot, Stream archive, CancellationToken cancellation)
    {
        await disturbance.BeforeDump(from);
        await real.Dump(from, snapshot, disturbance.DuringDump(archive), cancellation);
    }

    public Task<string> Schema(PostgresAddress from, string? snapshot, CancellationToken cancellation) => real.Schema(from, snapshot, cancellation);

    public async Task Restore(Stream archive, PostgresAddress into, CancellationToken cancellation)
    {
        await disturbance.BeforeRestore();
        await real.Restore(archive, into, cancellation);
        await disturbance.AfterRestore(into);
    }
}
