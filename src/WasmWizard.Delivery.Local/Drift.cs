using WasmWizard.Delivery.Local.Protocol.Messages;
using WasmWizard.Delivery.Releases;

namespace WasmWizard.Delivery.Local;

/// <summary>What runs otherwise than it was left by the last rollout.</summary>
internal static class Drift
{
    /// <param name="status">What the front knows; null when none runs.</param>
    /// <param name="route">Where requests were sent last.</param>
    /// <param name="serving">The stored release behind the routed, listening instance.</param>
    /// <param name="leftovers">Processes of this state that run.</param>
    public static IEnumerable<string> Of(FrontStatus? status, FrontRoute route, Release? serving, int leftovers)
    {
        if (status is null)
        {
            if (route.Instance is not null)
                yield return $"the front is down; {route.Instance} was routed to since {route.Since:u}, and requests are not answered";
            if (leftovers > 0)
                yield return $"{leftovers} processes run without a front; the next deploy or stop looks after them";
            yield break;
        }

        if (route.Instance is not null && status.Routed is not { Phase: InstancePhase.Listening })
            yield return $"the routed instance {route.Instance} is not listening: {status.Routed?.LastEnd ?? "it is not known to the front"}; requests are answered with 503";
        else if (route.Instance is not null && serving is null)
            yield return $"the release {route.Release} serves and is not stored any more";
        if (status.Routed is { Crashes: > 0 } crashed)
            yield return $"{crashed.Id} {crashed.LastEnd} and was started again, {crashed.Crashes} times since it took over";
        foreach (var other in status.Instances.Where(instance => instance.Id != route.Instance))
            yield return $"{other.Id} runs beside the routed instance ({other.Phase})";
    }
}
