using System.Globalization;
using System.Text.Json.Nodes;
using WasmWizard.Delivery.Kubernetes.Manifests;
using WasmWizard.Delivery.Locks;
using WasmWizard.Delivery.Ports;

namespace WasmWizard.Delivery.Kubernetes.Api;

/// <summary>
/// Our objects, changed only under the lock. Every write carries the resource version that it was decided by, and an object that has seen a
/// greater token is left alone: a holder that lost the lock either meets the token or the version that its writing gave.
/// </summary>
public sealed class OwnedObjects(ClusterApi api)
{
    private const int Attempts = 8;

    /// <summary>What applying the manifest would change, by the server's own word; null when the object is not there yet.</summary>
    public async Task<IReadOnlyList<string>?> Difference(JsonObject manifest, CancellationToken cancellation)
    {
        var live = await api.Get(ObjectName.Of(manifest), cancellation);
        return live is null ? null : ObjectDifference.Between(live, (await Wanted(manifest, cancellation)).Whole);
    }

    /// <summary>Applies the manifest; an object that is as wanted is not written.</summary>
    /// <exception cref="StepFailedException">It is refused, or somebody keeps changing the object.</exception>
    public Task Apply(FencingToken token, JsonObject manifest, CancellationToken cancellation) => Attempt(ObjectName.Of(manifest), async name =>
    {
        var live = await api.Get(name, cancellation);
        if (live is not null)
        {
            Check(token, name, live);
            var wanted = await Wanted(manifest, cancellation);
            if (ObjectDifference.Between(live, wanted.Whole) is [])
                return true;
            if (wanted.HasForeign)
            {
                // The pods become those of the manifest in one step; applying it afterwards owns what it names.
                live["spec"]!["template"] = wanted.Template!.DeepClone();
                if (await api.Replace(live, isTrial: false, cancellation) is not { } replaced)
                    return false;
                live = replaced;
            }
        }

        await api.Apply(live is null ? manifest : At(manifest, live), Names.FieldManager, isTrial: false, cancellation);
        return true;
    }, cancellation);

    /// <summary>Changes an object as it was read; <paramref name="change"/> says false when nothing is left to do.</summary>
    public Task Edit(FencingToken token, ObjectName name, Func<JsonObject, bool> change, CancellationToken cancellation) => Attempt(name, async _ =>
    {
        if (await api.Get(name, cancellation) is not { } live)
            return true;
        Check(token, name, live);
        return !change(live) || await api.Replace(live, isTrial: false, cancellation) is not null;
    }, cancellation);

    /// <summary>Makes an object that never changes afterwards; one that is there is left as it is.</summary>
    public Task Create(JsonObject manifest, CancellationToken cancellation) => Attempt(ObjectName.Of(manifest), async name =>
    {
        if (await api.Get(name, cancellation) is null)
            await api.Create(manifest, cancellation);
        return true;
    }, cancellation);

    public Task Delete(FencingToken token, ObjectName name, CancellationToken cancellation) => Attempt(name, async _ =>
    {
        if (await api.Get(name, cancellation) is { } live && live["metadata"]!["deletionTimestamp"] is null)
        {
            Check(token, name, live);
            await api.Delete(live, cancellation);
        }

        return true;
    }, cancellation);

    /// <summary>Writes the token on the object, so that the one who held the lock before can change it no more.</summary>
    public Task Fence(FencingToken token, ObjectName name, CancellationToken cancellation) => Attempt(name, async _ =>
    {
        if (await api.Get(name, cancellation) is not { } live || live["metadata"]!["deletionTimestamp"] is not null)
            return true;
        Check(token, name, live);
        if (TokenOf(live) == token)
            return true;
        var stamp = Part(name);
        stamp["metadata"]!["annotations"] = new JsonObject { [Marks.Fence] = token.ToString() };
        await api.Apply(At(stamp, live), Names.FenceManager, isTrial: false, cancellation);
        return true;
    }, cancellation);

    /// <summary>Lets a Deployment have at least this many pods, as an owner of its own: applying the manifest does not take the number away again.</summary>
    public Task ScaleUp(FencingToken token, ObjectName name, int least, CancellationToken cancellation) => Attempt(name, async _ =>
    {
        if (await api.Get(name, cancellation) is not { } live || (live["spec"]?["replicas"]?.GetValue<int>() ?? 1) >= least)
            return true;
        Check(token, name, live);
        var scale = Part(name);
        scale["spec"] = new JsonObject { ["replicas"] = least };
        await api.Apply(At(scale, live), Names.ScaleManager, isTrial: false, cancellation);
        return true;
    }, cancellation);

    private static JsonObject Part(ObjectName name) => new()
    {
        ["apiVersion"] = name.Kind.ApiVersion,
        ["kind"] = name.Kind.Kind,
        ["metadata"] = name.Namespace is { } space ? new JsonObject { ["name"] = name.Name, ["namespace"] = space } : new JsonObject { ["name"] = name.Name },
    };

    private async Task<WantedObject> Wanted(JsonObject manifest, CancellationToken cancellation)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                var merged = await api.Apply(manifest, Names.FieldManager, isTrial: true, cancellation);
                var alone = ObjectName.Of(manifest).Kind == ApiKind.Deployment ? await api.Replace(manifest, isTrial: true, cancellation) : null;
                return new(merged, alone?["spec"]!["template"]!.AsObject());
            }
            catch (ClusterException passing) when (passing.IsPassing && attempt < Attempts)
            {
                await api.Wait(passing.After ?? Pause(attempt), cancellation);
            }
        }
    }

    private static JsonObject At(JsonObject manifest, JsonObject live)
    {
        var versioned = manifest.DeepClone().AsObject();
        versioned["metadata"]!["resourceVersion"] = live["metadata"]!["resourceVersion"]!.GetValue<string>();
        return versioned;
    }

    private static FencingToken? TokenOf(JsonObject live) =>
        long.TryParse(live["metadata"]?["annotations"]?[Marks.Fence]?.GetValue<string>(), NumberStyles.None, CultureInfo.InvariantCulture, out var seen) ? new(seen) : null;

    private static void Check(FencingToken token, ObjectName name, JsonObject live)
    {
        if (TokenOf(live) is { } seen && seen > token)
            throw new StepFailedException($"{name} has seen token {seen}, this run has {token}: the lock went to somebody else. Nothing was changed.");
    }

    private static TimeSpan Pause(int attempt) => TimeSpan.FromMilliseconds(200 * attempt);

    /// <summary>Again, from a new look, when the answer was lost, the object changed in between, or the API asks for time.</summary>
    private async Task Attempt(ObjectName name, Func<ObjectName, Task<bool>> act, CancellationToken cancellation)
    {
        for (var attempt = 1; ; attempt++)
        {
            TimeSpan? after = null;
            string observed;
            try
            {
                if (await act(name))
                    return;
                observed = "it changed while it was being changed";
            }
            catch (ClusterException problem) when (problem.IsPassing || problem.IsConflict)
            {
                (after, observed) = (problem.After, problem.Message);
            }
            catch (ClusterException refused)
            {
                throw new StepFailedException($"{name} is refused by the cluster ({refused.Reason}): {refused.Message}", refused);
            }

            if (attempt == Attempts)
                throw new StepFailedException($"{name} could not be changed in {Attempts} attempts; last: {observed}");
            await api.Wait(after ?? Pause(attempt), cancellation);
        }
    }
}
