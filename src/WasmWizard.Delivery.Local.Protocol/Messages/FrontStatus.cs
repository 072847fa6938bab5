namespace WasmWizard.Delivery.Local.Protocol.Messages;

/// <summary>Everything the front knows.</summary>
/// <param name="Token">The greatest fencing token seen; orders with a smaller one are refused.</param>
/// <param name="Route">Where requests go.</param>
/// <param name="Instances">All instances it looks after, by id.</param>
public sealed record FrontStatus(long Token, FrontRoute Route, IReadOnlyList<InstanceView> Instances)
{
    /// <summary>The instance that requests go to; null when there is none.</summary>
    public InstanceView? Routed => Instances.FirstOrDefault(instance => instance.Id == Route.Instance);
}

/// <summary>Where requests go, as kept on disk.</summary>
/// <param name="Instance">Null when requests go nowhere.</param>
/// <param name="Release">The release of that instance.</param>
/// <param name="Since">When it was switched to.</param>
public sealed record FrontRoute(string? Instance, string? Release, DateTimeOffset? Since)
{
    public static FrontRoute Nowhere { get; } = new(null, null, null);
}

/// <summary>What the front must remember over its own end; <c>front/state.json</c>.</summary>
public sealed record FrontMemory(long Token, FrontRoute Route);
