using System.Globalization;
using System.Text.Json.Nodes;
using WasmWizard.Delivery.Kubernetes.Api;
using WasmWizard.Delivery.Kubernetes.Manifests;
using WasmWizard.Delivery.Locks;
using WasmWizard.Delivery.Ports;

namespace WasmWizard.Delivery.Kubernetes.State;

/// <summary>
/// The lock as a Lease in the environment's namespace. It is replaced by the version that was read, so of two who want it one loses the race;
/// its transitions are the fencing token, and all times in it are the API server's. It stays when the lock is given back, so that
/// tokens never go back. Where the namespace is missing, taking the lock makes it: there is no other place for a lock.
/// </summary>
public sealed class ClusterLockStore(ClusterApi api, JsonObject place) : ILockStore
{
    private const string Reason = "wasm-wizard.com/reason";
    private const string MicroTime = "yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'";
    private const int Attempts = 8;

    private readonly string _namespace = place["metadata"]!["name"]!.GetValue<string>();

    private ObjectName Name => new(ApiKind.Lease, _namespace, Names.Lock);

    public Task<LockAttempt> TryAcquire(string holder, string reason, TimeSpan lease, CancellationToken cancellation)
    {
        LockAttempt.Acquired? sent = null;
        return Change(live => Acquire(live, holder, reason, lease, ref sent), cancellation);
    }

    /// <param name="sent">What was written at an attempt before whose answer was lost: found again, it is ours.</param>
    private (JsonObject? Write, LockAttempt Answer) Acquire(JsonObject? live, string holder, string reason, TimeSpan lease, ref LockAttempt.Acquired? sent)
    {
        var current = AsLock(live);
        if (current is not null && current == sent?.Lock)
            return (null, sent);
        if (LockRule.Decide(current, HolderLife.Unknown, api.ServerTime) is LockDecision.Respect)
            return (null, new LockAttempt.Held(current!));
        var next = new DeploymentLock(holder, api.ServerTime, lease, api.ServerTime, LockRule.Next(TokenOf(live)), reason);
        sent = new LockAttempt.Acquired(next, current);
        return (Written(live, next), sent);
    }

    public Task<bool> Renew(FencingToken token, CancellationToken cancellation) => Change(live =>
        AsLock(live) is { } held && held.Token == token ? (Written(live, held with { Renewed = api.ServerTime }), true) : (null, false), cancellation);

    public Task Release(FencingToken token, CancellationToken cancellation) => Change(live =>
        AsLock(live) is { } held && held.Token == token ? (Freed(live), true) : (null, false), cancellation);

    public async Task<DeploymentLock?> Read(CancellationToken cancellation) => AsLock(await api.Get(Name, cancellation));

    public Task<bool> Break(string holder, CancellationToken cancellation) => Change(live =>
        AsLock(live) is { } held && held.Holder == holder ? (Freed(live), true) : (null, false), cancellation);

    /// <summary>Reads, decides, writes what was decided; again when somebody else wrote in between.</summary>
    private async Task<T> Change<T>(Func<JsonObject?, (JsonObject? Write, T Answer)> decide, CancellationToken cancellation)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                var (write, answer) = decide(await api.Get(Name, cancellation));
                if (write is null || await Store(write, cancellation))
                    return answer;
            }
            catch (ClusterException passing) when (passing.IsPassing && attempt < Attempts)
            {
                await api.Wait(passing.After ?? TimeSpan.FromMilliseconds(200), cancellation);
            }

            if (attempt == Attempts)
                throw new StepFailedException($"The lock {Name} could not be written in {Attempts} attempts; somebody else writes it each time.");
        }
    }

    private async Task<bool> Store(JsonObject lease, CancellationToken cancellation)
    {
        if (lease["metadata"]!["resourceVersion"] is not null)
            return await api.Replace(lease, isTrial: false, cancellation) is not null;
        if (await api.Get(new(ApiKind.Namespace, null, _namespace), cancellation) is null)
            await api.Create(place, cancellation);
        return await api.Create(lease, cancellation) is not null;
    }

    private JsonObject Written(JsonObject? live, DeploymentLock held)
    {
        var lease = live?.DeepClone().AsObject() ?? new JsonObject
        {
            ["apiVersion"] = ApiKind.Lease.ApiVersion,
            ["kind"] = ApiKind.Lease.Kind,
            ["metadata"] = new JsonObject { ["name"] = Names.Lock, ["namespace"] = _namespace },
        };
        lease["metadata"]!["annotations"] = new JsonObject { [Reason] = held.Reason };
        lease["spec"] = new JsonObject
        {
            ["holderIdentity"] = held.Holder,
            ["leaseDurationSeconds"] = (int)held.Lease.TotalSeconds,
            ["acquireTime"] = Text(held.Since),
            ["renewTime"] = Text(held.Renewed),
            ["leaseTransitions"] = held.Token.Value,
        };
        return lease;
    }

    private static JsonObject Freed(JsonObject? live)
    {
        var lease = live!.DeepClone().AsObject();
        lease["spec"] = new JsonObject { ["leaseTransitions"] = TokenOf(live).Value };
        return lease;
    }

    private static FencingToken TokenOf(JsonObject? lease) => new(lease?["spec"]?["leaseTransitions"]?.GetValue<long>() ?? 0);

    private static DeploymentLock? AsLock(JsonObject? lease) => lease?["spec"]?["holderIdentity"]?.GetValue<string>() is { Length: > 0 } holder
        ? new(
            holder,
            Time(lease["spec"]!["acquireTime"]!),
            TimeSpan.FromSeconds(lease["spec"]!["leaseDurationSeconds"]!.GetValue<int>()),
            Time(lease["spec"]!["renewTime"]!),
            TokenOf(lease),
            lease["metadata"]?["annotations"]?[Reason]?.GetValue<string>() ?? "")
        : null;

    private static string Text(DateTimeOffset time) => time.UtcDateTime.ToString(MicroTime, CultureInfo.InvariantCulture);

    private static DateTimeOffset Time(JsonNode text) => DateTimeOffset.Parse(text.GetValue<string>(), CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal);
}
