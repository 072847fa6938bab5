using WasmWizard.Delivery.Compose.Engine;
using WasmWizard.Delivery.Compose.Rollouts;
using WasmWizard.Delivery.Compose.Stack;
using WasmWizard.Delivery.Locks;
using WasmWizard.Delivery.Plans;
using WasmWizard.Delivery.Ports;
using WasmWizard.Delivery.Releases;

namespace WasmWizard.Delivery.Compose.Steps;

/// <summary>
/// The key that probes execute with, of a tier that is not limited: made by the release's own command, kept in the engine's state, never in an argument. A
/// key that the database does not know, such as after a restore, is replaced.
/// </summary>
internal sealed class ProbeKeyStep(ComposeContext context, ContainerRunner runner, Release release) : IRolloutStep
{
    public const string KeyFile = "secrets/probe_key";

    private const string Inside = "/data/probe-key";
    private const string Tier = "unlimited";
    private const string User = "probe";

    private static readonly StepState Holds = new(true, "the key holds");

    public string Id => "probe-key";

    public StepKind Kind => StepKind.Migrate;

    public string Subject => $"key of the user {User}";

    public string Change => "a key that the database knows, for probes";

    public async Task<StepState> Observe(CancellationToken cancellation)
    {
        if (await context.State.Read(KeyFile, cancellation) is not { Length: > 0 } key)
            return new(false, "there is no key");
        if (context.AcceptedKey is { } accepted && accepted.AsSpan().SequenceEqual(key))
            return Holds;
        if (await context.Engine.Find($"/images/{Specifications.ImageOf(release.Digest)}/json", cancellation) is null || await context.Database(cancellation) is not { } database)
            return new(false, "image or database is missing, so nobody can tell whether the key holds");
        var end = await runner.Run(
            release, ["admin", "check-key", "--file", Inside], database, [new(Inside.TrimStart('/'), key, UnixFileMode.UserRead, ComposeLayout.User)], (_, _) => Task.CompletedTask, cancellation);
        if (end.ExitCode != 0)
            return new(false, "the key does not hold");
        context.AcceptedKey = key;
        return Holds;
    }

    public async Task Act(FencingToken token, CancellationToken cancellation)
    {
        var database = await context.Database(cancellation) ?? throw new StepFailedException("The database does not run; required: it does.");
        byte[]? key = null;
        var end = await runner.Run(
            release,
            ["admin", "create-key", "--role", "user", "--tier", Tier, "--user", User, "--file", Inside],
            database,
            [],
            async (container, end) => key = end.ExitCode == 0 ? await context.Engine.Get(container, Inside, cancellation) : null,
            cancellation);
        if (key is null)
            throw new StepFailedException($"admin create-key of release {release.Id} ended with exit code {end.ExitCode}; required: 0 and a key. It said: {end.Said}");
        await context.State.Write(KeyFile, [.. key.Where(value => value > ' ')], cancellation);
    }
}
