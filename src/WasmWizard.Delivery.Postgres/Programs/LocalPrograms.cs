using System.Globalization;
using System.Text;
using CliWrap;
using WasmWizard.Delivery.Ports;
using WasmWizard.Delivery.Postgres.Servers;

namespace WasmWizard.Delivery.Postgres.Programs;

/// <summary>The programs as installed on this machine: each of PATH's folders and Debian's folder of the major version is looked into.</summary>
public sealed class LocalPrograms : IPostgresPrograms
{
    private readonly string _folder;

    private LocalPrograms(string folder) => _folder = folder;

    /// <exception cref="StepFailedException">No pg_dump and pg_restore of this major version are installed.</exception>
    public static Task<LocalPrograms> Find(int major, CancellationToken cancellation) => Find(major, Folders(major), cancellation);

    /// <param name="major">The server's major version.</param>
    /// <param name="folders">Where to look, in order.</param>
    /// <param name="cancellation">Ends it.</param>
    public static async Task<LocalPrograms> Find(int major, IReadOnlyList<string> folders, CancellationToken cancellation)
    {
        var (found, observed) = await Look(major, folders, cancellation);
        return found ?? throw new StepFailedException($"{observed}; required: {Required(major)}. Nothing was backed up. Next: {Next(major)}");
    }

    /// <summary>What keeps this machine from backing a server of this major version up, told before anything is changed; null when nothing does.</summary>
    /// <param name="major">The server's.</param>
    /// <param name="again">The command to type when it is mended.</param>
    /// <param name="cancellation">Ends it.</param>
    public static async Task<Fault?> Lacking(int major, string again, CancellationToken cancellation)
    {
        var (found, observed) = await Look(major, Folders(major), cancellation);
        return found is null ? new("WW3135", observed, Required(major), $"{Next(major)}, then {again}") : null;
    }

    private static IReadOnlyList<string> Folders(int major) =>
        [$"/usr/lib/postgresql/{major}/bin", .. (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)];

    private static string Required(int major) => $"pg_dump and pg_restore {major}, the server's major version";

    private static string Next(int major) => $"apt-get install postgresql-client-{major}";

    private static async Task<(LocalPrograms? Found, string Observed)> Look(int major, IReadOnlyList<string> folders, CancellationToken cancellation)
    {
        var others = new List<string>();
        foreach (var folder in folders.Where(folder => File.Exists(Path.Combine(folder, "pg_dump")) && File.Exists(Path.Combine(folder, "pg_restore"))))
        {
            var version = await Version(Path.Combine(folder, "pg_dump"), cancellation);
            if (version.Split('.', 'b', 'r')[0] == major.ToString(CultureInfo.InvariantCulture))
                return (new(folder), version);
            others.Add($"version {version} in {folder}");
        }

        return (null, $"Of PostgreSQL's client programs there is {(others.Count == 0 ? "none" : string.Join(", ", others))}");
    }

    public Task Dump(PostgresAddress from, string snapshot, Stream archive, CancellationToken cancellation) =>
        Run("pg_dump", DumpArguments.Dump(snapshot), from, PipeSource.Null, PipeTarget.ToStream(archive), cancellation);

    public async Task<string> Schema(PostgresAddress from, string? snapshot, CancellationToken cancellation)
    {
        var text = new StringBuilder();
        await Run("pg_dump", DumpArguments.Schema(snapshot), from, PipeSource.Null, PipeTarget.ToStringBuilder(text, Encoding.UTF8), cancellation);
        return text.ToString();
    }

    public Task Restore(Stream archive, PostgresAddress into, CancellationToken cancellation) =>
        Run("pg_restore", DumpArguments.Restore(into.Database), into, PipeSource.FromStream(archive), PipeTarget.Null, cancellation);

    private async Task Run(string program, IReadOnlyList<string> arguments, PostgresAddress address, PipeSource input, PipeTarget output, CancellationToken cancellation)
    {
        using var password = new PasswordFile(address);
        var errors = new StringBuilder();
        var result = await Cli.Wrap(Path.Combine(_folder, program))
            .WithArguments(arguments)
            .WithEnvironmentVariables(password.Variables)
            .WithStandardInputPipe(input)
            .WithStandardOutputPipe(output)
            .WithStandardErrorPipe(PipeTarget.ToStringBuilder(errors, Encoding.UTF8))
            .WithValidation(CommandResultValidation.None)
            .ExecuteAsync(cancellation);
        if (result.ExitCode != 0)
            throw ProgramEnd.Failure(program, result.ExitCode, errors.ToString());
    }

    /// <summary>From <c>pg_dump (PostgreSQL) 17.6 (Debian 17.6-1)</c> it is 17.6.</summary>
    private static async Task<string> Version(string program, CancellationToken cancellation)
    {
        var text = new StringBuilder();
        await Cli.Wrap(program).WithArguments("--version").WithStandardOutputPipe(PipeTarget.ToStringBuilder(text)).WithValidation(CommandResultValidation.None).ExecuteAsync(cancellation);
        return text.ToString().Split(')', 2)[^1].TrimStart().Split(' ', '\n')[0];
    }
}
