namespace WasmWizard.Delivery.Local.Protocol.Messages;

/// <summary>An instance of a release as the pipeline wants it; kept in <c>instances/&lt;id&gt;/instance.json</c> as the intent.</summary>
public sealed record InstanceSpec
{
    /// <summary>Lower-case letters, digits and dashes; unique among the front's instances.</summary>
    public required string Id { get; init; }

    /// <summary>The release it runs.</summary>
    public required string Release { get; init; }

    /// <summary>Program and arguments, full paths.</summary>
    public required IReadOnlyList<string> Command { get; init; }

    public required string WorkingFolder { get; init; }

    /// <summary>Everything beside the front's own clean environment; the front adds LISTEN_URLS and LISTEN_ADDRESS_FILE.</summary>
    public required IReadOnlyDictionary<string, string> Environment { get; init; }

    /// <summary>How long it may take until it listens.</summary>
    public required TimeSpan StartWithin { get; init; }
}
