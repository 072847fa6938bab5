namespace WasmWizard.Delivery.Local.Protocol.Messages;

public enum InstancePhase
{
    /// <summary>Started, not yet listening.</summary>
    Starting,

    /// <summary>Listening; whether it is routed to stands in the route.</summary>
    Listening,

    /// <summary>Ended by itself while it was routed to; it is started again after a pause.</summary>
    Crashed,

    /// <summary>Gets no new requests, finishes those it has, then ends.</summary>
    Draining,

    /// <summary>Ended, or never came to listen. It stays ended.</summary>
    Ended,
}

/// <summary>An instance as it is.</summary>
public sealed record InstanceView
{
    public required string Id { get; init; }

    public required string Release { get; init; }

    public required InstancePhase Phase { get; init; }

    /// <summary>Null when no process runs.</summary>
    public int? Pid { get; init; }

    /// <summary>Where it listens; null when it does not.</summary>
    public Uri? Address { get; init; }

    /// <summary>Requests that it is answering.</summary>
    public required int InFlight { get; init; }

    /// <summary>How often it ended by itself while it was routed to.</summary>
    public required int Crashes { get; init; }

    /// <summary>How it last ended by itself, in a person's words; null when it never did.</summary>
    public string? LastEnd { get; init; }

    /// <summary>The last lines of its log when it ended by itself; empty otherwise.</summary>
    public IReadOnlyList<string> LogTail { get; init; } = [];
}
