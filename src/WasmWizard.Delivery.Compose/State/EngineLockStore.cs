using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using WasmWizard.Delivery.Compose.Engine;
using WasmWizard.Delivery.Compose.Stack;
using WasmWizard.Delivery.Local.Protocol.Processes;
using WasmWizard.Delivery.Locks;
using WasmWizard.Delivery.Ports;

namespace WasmWizard.Delivery.Compose.State;

/// <summary>
/// The lock as a container of a fixed name: the engine gives the name to one at a time. Holder, lease and token are its labels, renewals and the
/// greatest token lie in the state. Time is the engine's.
/// </summary>
public sealed class EngineLockStore(EngineClient engine, EngineState state, ComposeLayout stack) : ILockStore
{
    private const string Prefix = "wasm-wizard.lock.";
    private const string TokenFile = "token";

    /// <summary>
    /// A renewal is written once in this part of a lease; in between it is only made sure that the lock is still the caller's. Every step renews, and a
    /// write costs more than most steps. Others may therefore take over that much earlier than a holder expects who cannot reach the engine any more,
    /// where he cannot act either.
    /// </summary>
    private const int PartsOfLease = 12;

    private Renewal? _written;

    private string Name => $"{stack.Project}-lock";

    public async Task<LockAttempt> TryAcquire(string holder, string reason, TimeSpan lease, CancellationToken cancellation)
    {
        await state.Ensure(cancellation);
        while (true)
        {
            var now = await engine.Now(cancellation);
            var current = await Find(cancellation);
            if (LockRule.Decide(current?.Lock, current?.Life ?? HolderLife.Unknown, now) is LockDecision.Respect)
                return new LockAttempt.Held(current!.Lock);
            // By its id, so that a lock that somebody else took meanwhile is not touched.
            if (current is not null)
                await engine.Remove(current.Id, cancellation);
            var token = LockRule.Next(new FencingToken(await Greatest(cancellation)));
            var taken = new DeploymentLock(holder, now, lease, now, token, reason);
            if (!await engine.TryCreate(Name, Specification(taken), cancellation))
                continue;
            if (await Greatest(cancellation) >= token.Value)
            {
                // Somebody held and gave back between our look and our taking; the token is used.
                await Release(token, cancellation);
                continue;
            }

            await state.Write(TokenFile, Encoding.ASCII.GetBytes(token.Value.ToString(CultureInfo.InvariantCulture)), cancellation);
            return new LockAttempt.Acquired(taken, current?.Lock);
        }
    }

    public async Task<bool> Renew(FencingToken token, CancellationToken cancellation)
    {
        if (await engine.FindContainer(Name, cancellation) is not { } container || TokenOf(container) != token)
            return false;
        if (_written is { } last && last.Token == token && Stopwatch.GetElapsedTime(last.At) < LeaseOf(container) / PartsOfLease)
            return true;
        var at = Stopwatch.GetTimestamp();
        var now = await engine.Now(cancellation);
        await state.Write(RenewalOf(token), Encoding.ASCII.GetBytes(now.UtcDateTime.ToString("O", CultureInfo.InvariantCulture)), cancellation);
        _written = new(token, at);
        return await engine.FindContainer(Name, cancellation) is { } after && after.Id == container.Id;
    }

    public async Task Release(FencingToken token, CancellationToken cancellation)
    {
        if (await Find(cancellation) is { } current && current.Lock.Token == token)
            await engine.Remove(current.Id, cancellation);
    }

    public async Task<DeploymentLock?> Read(CancellationToken cancellation) => (await Find(cancellation))?.Lock;

    public async Task<bool> Break(string holder, CancellationToken cancellation)
    {
        if (await Find(cancellation) is not { } current || current.Lock.Holder != holder)
            return false;
        await engine.Remove(current.Id, cancellation);
        return true;
    }

    private static string RenewalOf(FencingToken token) => $"renewals/{token}";

    private static string LabelOf(ContainerView container, string name) => container.Label(Prefix + name) ?? "";

    private static FencingToken TokenOf(ContainerView container) => new(long.Parse(LabelOf(container, "token"), CultureInfo.InvariantCulture));

    private static TimeSpan LeaseOf(ContainerView container) => TimeSpan.FromSeconds(double.Parse(LabelOf(container, "lease"), CultureInfo.InvariantCulture));

    private async Task<Held?> Find(CancellationToken cancellation)
    {
        if (await engine.FindContainer(Name, cancellation) is not { } container)
            return null;
        string Label(string name) => LabelOf(container, name);
        var token = TokenOf(container);
        var since = Time(Label("since"));
        var renewed = await state.Read(RenewalOf(token), cancellation) is { Length: > 0 } bytes ? Time(Encoding.ASCII.GetString(bytes)) : since;
        var process = new ProcessIdentity(int.Parse(Label("pid"), CultureInfo.InvariantCulture), Label("start"));
        var life = Label("machine") != MachineIdentity.Current ? HolderLife.Unknown : process.Lives ? HolderLife.Alive : HolderLife.ProvablyDead;
        return new(
            container.Id,
            new(Label("holder"), since, LeaseOf(container), renewed, token, Label("reason")),
            life);
    }

    private async Task<long> Greatest(CancellationToken cancellation) =>
        await state.Read(TokenFile, cancellation) is { Length: > 0 } bytes ? long.Parse(Encoding.ASCII.GetString(bytes), CultureInfo.InvariantCulture) : 0;

    private static DateTimeOffset Time(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal);

    private JsonObject Specification(DeploymentLock taken) => new()
    {
        ["Image"] = EngineState.EmptyImage,
        ["Cmd"] = new JsonArray("never-started"),
        ["HostConfig"] = new JsonObject { ["NetworkMode"] = "none" },
        ["Labels"] = new JsonObject
        {
            ["wasm-wizard.project"] = stack.Project,
            [Prefix + "holder"] = taken.Holder,
            [Prefix + "reason"] = taken.Reason,
            [Prefix + "since"] = taken.Since.UtcDateTime.ToString("O", CultureInfo.InvariantCulture),
            [Prefix + "lease"] = taken.Lease.TotalSeconds.ToString(CultureInfo.InvariantCulture),
            [Prefix + "token"] = taken.Token.ToString(),
            [Prefix + "machine"] = MachineIdentity.Current,
            [Prefix + "pid"] = ProcessIdentity.Current.Pid.ToString(CultureInfo.InvariantCulture),
            [Prefix + "start"] = ProcessIdentity.Current.Start,
        },
    };

    /// <param name="At">By this process's own monotonic clock.</param>
    private sealed record Renewal(FencingToken Token, long At);

    private sealed record Held(string Id, DeploymentLock Lock, HolderLife Life);
}
