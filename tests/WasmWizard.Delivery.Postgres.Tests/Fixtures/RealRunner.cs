using System.Diagnostics;
using System.Reflection;
using WasmWizard.Delivery.Postgres.Rollouts;
using WasmWizard.Delivery.Postgres.Servers;
using WasmWizard.Delivery.Probes;
using WasmWizard.Delivery.Releases;

namespace WasmWizard.Delivery.Postgres.Tests.Fixtures;

/// <summary>The real service as processes; the wanted release's migration can do one thing more.</summary>
/// <param name="folder">For what it writes.</param>
/// <param name="further">A migration's name and its statement, brought by releases that name it.</param>
internal sealed class RealRunner(string folder, (string Name, string Sql)? further) : IReleaseRunner
{
    private static readonly string Service = typeof(RealRunner).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(fact => fact.Key == "Service").Value!;

    private static string Dotnet => Path.GetFullPath(Path.Combine(System.Runtime.InteropServices.RuntimeEnvironment.GetRuntimeDirectory(), "../../..", "dotnet"));

    /// <summary>What the real service brings.</summary>
    public static IReadOnlyList<string> Migrations { get; } = ["0001_usage_logs", "0002_accounts"];

    public async Task<CommandEnd> Run(Release release, IReadOnlyList<string> command, PostgresAddress database, CancellationToken cancellation)
    {
        using var process = Start(command, database);
        var said = process.StandardError.ReadToEndAsync(cancellation);
        await process.StandardOutput.ReadToEndAsync(cancellation);
        await process.WaitForExitAsync(cancellation);
        if (process.ExitCode == 0 && command is ["migrate"] && further is { } more && release.Migrations.Contains(more.Name))
            await Shop.Execute(database, $"{more.Sql}; INSERT INTO schema_migrations VALUES (9000, '{more.Name}', 'c', 'now')");
        return new(process.ExitCode, await said);
    }

    public async Task<string?> Try(Release release, PostgresAddress database, CancellationToken cancellation)
    {
        var key = Path.Combine(folder, Path.GetRandomFileName());
        var made = await Run(release, ["admin", "create-key", "--role", "user", "--tier", "unlimited", "--user", "probe", "--file", key], database, cancellation);
        if (made.ExitCode != 0)
            return $"no key: {made.Said}";
        var addresses = Path.Combine(folder, Path.GetRandomFileName());
        using var process = Start([], database, ("LISTEN_ADDRESS_FILE", addresses));
        _ = process.StandardOutput.ReadToEndAsync(cancellation);
        _ = process.StandardError.ReadToEndAsync(cancellation);
        try
        {
            while (!File.Exists(addresses) && !process.HasExited)
                await Task.Delay(20, cancellation);
            using var suite = new CoreSuite(new Uri((await File.ReadAllTextAsync(addresses, cancellation)).Trim()), (await File.ReadAllTextAsync(key, cancellation)).Trim());
            return await suite.FirstFault(cancellation);
        }
        finally
        {
            process.Kill();
            await process.WaitForExitAsync(CancellationToken.None);
        }
    }

    private Process Start(IReadOnlyList<string> command, PostgresAddress database, params (string Name, string Value)[] variables)
    {
        var start = new ProcessStartInfo(Dotnet, ["exec", Service, .. command]) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in (ReadOnlySpan<(string, string)>)
            [("ENVIRONMENT", "development"), ("AUTH_REQUIRED", "true"), ("RUST_LOG", "warn"), ("DATA_PATH", Path.Combine(folder, "data")), ("LISTEN_URLS", "http://127.0.0.1:0"), ("DATABASE_URL", database.RevealUrl()), .. variables])
            start.Environment[name] = value;
        return Process.Start(start)!;
    }
}
