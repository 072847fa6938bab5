using WasmWizard.Delivery.Postgres.Servers;
using WasmWizard.Delivery.Releases;

namespace WasmWizard.Delivery.Postgres.Rollouts;

/// <summary>Runs a release's own binary aside from what serves, as a process, a container or a job.</summary>
public interface IReleaseRunner
{
    /// <summary>One command of the binary, such as <c>migrate</c>, to its end. A second call after a crash of the caller first ends what the first left running.</summary>
    Task<CommandEnd> Run(Release release, IReadOnlyList<string> command, PostgresAddress database, CancellationToken cancellation);

    /// <summary>Starts the release where no user reaches it, on this database, and runs the core suite against it. Nothing of it is left.</summary>
    /// <returns>Null when every case was well, else the first that was not.</returns>
    Task<string?> Try(Release release, PostgresAddress database, CancellationToken cancellation);
}

/// <param name="Said">The last lines of what it printed, without secrets.</param>
public sealed record CommandEnd(long ExitCode, string Said);
