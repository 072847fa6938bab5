using System.Text.Json;
using WasmWizard.Service.Data;
using WasmWizard.Service.Settings;
using WasmWizard.Service.Web;

namespace WasmWizard.Service.Commands;

/// <summary>The commands migrate and check.</summary>
internal static class MigrateCommand
{
    /// <summary>Prints one line for each migration applied; none when the schema was current.</summary>
    public static async Task<int> MigrateAsync(ServiceSettings settings, TextWriter output, TextWriter errors, CancellationToken cancellation)
    {
        await using var database = Databases.Of(settings);
        switch (await MigratorOf(database).MigrateAsync(cancellation))
        {
            case MigrationReport.Refused refused:
                await errors.WriteLineAsync($"Nothing was migrated: {string.Join(", ", refused.Altered)} was applied with another text than this binary carries. "
                    + "Run the release that applied it, or restore its migration files.");
                return ExitCode.NotCurrent;
            case MigrationReport.Done done:
                foreach (var name in done.Applied)
                    await output.WriteLineAsync($"applied {name}");
                return ExitCode.Done;
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    /// <summary>Prints {applied, pending, unknown, altered}, arrays of names; changes nothing.</summary>
    public static async Task<int> CheckAsync(ServiceSettings settings, TextWriter output, CancellationToken cancellation)
    {
        await using var database = Databases.Of(settings);
        var state = await MigratorOf(database).CheckAsync(cancellation);
        await output.WriteLineAsync(JsonSerializer.Serialize(new { state.Applied, state.Pending, state.Unknown, state.Altered }, Json.Options));
        return state.IsCurrent ? ExitCode.Done : ExitCode.NotCurrent;
    }

    private static Migrator MigratorOf(IDatabase database) => new(database, database.Migrations, TimeProvider.System);
}
