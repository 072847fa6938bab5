using System.Text;
using WasmWizard.Delivery.Compose.Engine;
using WasmWizard.Delivery.Compose.Stack;
using WasmWizard.Delivery.Compose.Steps;
using WasmWizard.Delivery.Ports;
using WasmWizard.Delivery.Postgres.Rollouts;
using WasmWizard.Delivery.Postgres.Servers;
using WasmWizard.Delivery.Probes;
using WasmWizard.Delivery.Releases;

namespace WasmWizard.Delivery.Compose.Rollouts;

/// <summary>Runs releases aside as containers in the environment's network, with nobody routed to them.</summary>
internal sealed class ContainerRunner(ComposeContext context) : IReleaseRunner
{
    private const int LogLines = 20;
    private const string Secret = "/run/secrets/database_url";
    private const UnixFileMode OwnerReads = UnixFileMode.UserRead;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    public async Task<CommandEnd> Run(Release release, IReadOnlyList<string> command, PostgresAddress database, CancellationToken cancellation)
    {
        await EndLeftovers(cancellation);
        return await Run(release, command, database, [], (_, _) => Task.CompletedTask, cancellation);
    }

    /// <summary>Ends what a killed run left running. Only under the lock: else it would be another one's work.</summary>
    private async Task EndLeftovers(CancellationToken cancellation)
    {
        foreach (var left in await context.Engine.Named(new Dictionary<string, string> { [Specifications.AsideLabel] = context.Stack.Project }, cancellation))
            await context.Engine.Remove(left, cancellation);
    }

    /// <param name="release">Whose binary it is.</param>
    /// <param name="command">Without the program.</param>
    /// <param name="database">What it works on.</param>
    /// <param name="files">Files that it finds, readable by it alone.</param>
    /// <param name="afterwards">Is given the ended container, such as for a file that it wrote.</param>
    /// <param name="cancellation">Ends it.</param>
    public async Task<CommandEnd> Run(
        Release release, IReadOnlyList<string> command, PostgresAddress database, IReadOnlyList<Archive.Entry> files, Func<string, CommandEnd, Task> afterwards, CancellationToken cancellation)
    {
        var name = NewName();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(context.Options.MigrateWithin);
        try
        {
            await Create(name, release, command, database, files, limit.Token);
            await context.Engine.Start(name, limit.Token);
            var exitCode = await context.Engine.Wait(name, limit.Token);
            var end = new CommandEnd(exitCode, string.Join(Environment.NewLine, await context.Engine.LastLines(name, LogLines, limit.Token)));
            await afterwards(name, end);
            return end;
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new StepFailedException($"'{string.Join(' ', command)}' of release {release.Id} did not end within {context.Options.MigrateWithin.TotalMinutes:0.#} min and was ended; what it had not committed did not happen.");
        }
        finally
        {
            await context.Engine.Remove(name, CancellationToken.None);
        }
    }

    public async Task<string?> Try(Release release, PostgresAddress database, CancellationToken cancellation)
    {
        if (await context.State.Read(ProbeKeyStep.KeyFile, cancellation) is not { Length: > 0 } key)
            return "there is no key to try it with; required: the one that probes use";
        await EndLeftovers(cancellation);
        var name = NewName();
        try
        {
            await Create(name, release, null, database, [], cancellation);
            await context.Engine.Start(name, cancellation);
            return await Ready(name, cancellation) is { } address
                ? await FirstFault(new UriBuilder("http", address, ComposeLayout.ServicePort).Uri, Encoding.ASCII.GetString(key), cancellation)
                : $"it does not become ready: {string.Join(' ', await context.Engine.LastLines(name, LogLines, cancellation))}";
        }
        finally
        {
            await context.Engine.Remove(name, CancellationToken.None);
        }
    }

    private string NewName() => $"{context.Stack.Project}-aside-{Guid.NewGuid():N}";

    private async Task<string?> FirstFault(Uri service, string key, CancellationToken cancellation)
    {
        using var suite = new CoreSuite(service, key, context.Engine.Dialer.Handler());
        return await suite.FirstFault(cancellation);
    }

    private async Task<string?> Ready(string name, CancellationToken cancellation)
    {
        using var probe = new ServiceProbe(() => null, context.Engine.Dialer.Handler());
        var began = TimeProvider.System.GetTimestamp();
        while (TimeProvider.System.GetElapsedTime(began) < context.Options.ReadyWithin)
        {
            if (await context.Engine.FindContainer(name, cancellation) is not { IsRunning: true } container)
                return null;
            if (container.AddressIn(context.Stack.Network) is { } address
                && (await probe.AskReadiness(new UriBuilder("http", address, ComposeLayout.ServicePort).Uri, cancellation)).IsWell)
                return address;
            await Task.Delay(Pause, cancellation);
        }

        return null;
    }

    /// <summary>The secret is a file of the container's own: not the live database's, and in no variable that the engine would show.</summary>
    private async Task Create(string name, Release release, IReadOnlyList<string>? command, PostgresAddress database, IReadOnlyList<Archive.Entry> files, CancellationToken cancellation)
    {
        var inside = (await context.DatabaseInside(cancellation))!.Of(database.Database);
        var specification = Specifications.Aside(context.Stack, release, command);
        if (!await context.Engine.TryCreate(name, specification, cancellation))
            throw new StepFailedException($"Somebody else made {name} at the same time; required: one deployment at a time.");
        await context.Engine.Put(name, "/", [.. files, new(Secret.TrimStart('/'), Encoding.UTF8.GetBytes(inside.RevealUrl()), OwnerReads, ComposeLayout.User)], cancellation);
    }
}
