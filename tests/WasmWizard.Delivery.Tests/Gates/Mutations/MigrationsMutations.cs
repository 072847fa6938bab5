using WasmWizard.Delivery.Gates;
using WasmWizard.Delivery.Gates.Migrations;
using WasmWizard.Delivery.Tests.Gates.Migrations;

namespace WasmWizard.Delivery.Tests.Gates.Mutations;

public sealed class MigrationsMutations : IGateMutations
{
    private static readonly MigrationSet InOrder = MigrationsGateSpecs.Healthy;

    public GateId Gate => GateId.Migrations;

    public string Control => "two migrations for both engines, locked";

    public GateResult Healthy() => MigrationsGate.Judge(InOrder);

    public IReadOnlyList<Mutation> Mutations { get; } =
    [
        new(Breaks.Threshold, "a column is dropped", () => MigrationsGate.Judge(MigrationsGateSpecs.With("Postgres/0003_x.sql", "ALTER TABLE users DROP COLUMN age;"))),
        new(Breaks.EmptyInput, "there are no migrations", () => MigrationsGate.Judge(new([], null, null))),
        new(Breaks.WrongSubject, "one engine lacks a migration", () => MigrationsGate.Judge(MigrationsGateSpecs.With("Postgres/0003_x.sql", "SELECT 1;"))),
        new(Breaks.WrongSubject, "a script that goes back", () => MigrationsGate.Judge(MigrationsGateSpecs.With("Postgres/0002_age.down.sql", "SELECT 1;"))),
        new(Breaks.ToolMissing, "there is no lock", () => MigrationsGate.Judge(InOrder with { Lock = null })),
        new(Breaks.StaleData, "a file was edited after it was locked", () => MigrationsGate.Judge(InOrder with { Files = [InOrder.Files[0] with { Sql = "SELECT 1;" }, .. InOrder.Files.Skip(1)] })),
        new(Breaks.StaleData, "file and lock were edited after the base locked them", () => MigrationsGate.Judge(InOrder with { BaseLock = new string('0', 64) + "  Postgres/0001_users.sql\n" })),
        new(Breaks.Corrupt, "a string has no end", () => MigrationsGate.Judge(MigrationsGateSpecs.With("Postgres/0003_x.sql", "SELECT 'open;"))),
        new(Breaks.Corrupt, "the lock has the marks of a merge", () => MigrationsGate.Judge(InOrder with { Lock = InOrder.Lock + "=======\n" })),
    ];
}
