using System.Text.Json.Serialization;
using WasmWizard.Delivery.Releases;

namespace WasmWizard.Delivery.Containers.Oci;

/// <summary>How an image is started. No commit, version or time is part of it: those travel as annotations beside the image and as variables.</summary>
public sealed record ImageSettings
{
    internal const int HealthRetries = 3;
    internal static readonly TimeSpan HealthInterval = TimeSpan.FromSeconds(10);
    internal static readonly TimeSpan HealthTimeout = TimeSpan.FromSeconds(5);
    internal static readonly TimeSpan HealthStart = TimeSpan.FromSeconds(30);

    /// <summary>User and group by number, e.g. <c>65532:65532</c>.</summary>
    public required string User { get; init; }

    /// <summary>Empty for an image whose callers say what runs.</summary>
    public required IReadOnlyList<string> Entrypoint { get; init; }

    public required string WorkingFolder { get; init; }

    /// <summary>Variables in order of name.</summary>
    public required IReadOnlyDictionary<string, string> Variables { get; init; }

    /// <summary>Ports on which the service listens (TCP).</summary>
    public IReadOnlyList<int> Ports { get; init; } = [];

    /// <summary>The command that engines ask whether it is well: exit code 0 says yes. Empty for none.</summary>
    public IReadOnlyList<string> HealthCheck { get; init; } = [];

    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();

    /// <summary>The image's configuration as bytes.</summary>
    /// <param name="architecture">In Go's words, e.g. <c>amd64</c>.</param>
    /// <param name="layers">Diff ids, lowest first.</param>
    public byte[] ToConfiguration(string architecture, IEnumerable<Digest> layers) => OciJson.Write(new ConfigurationDocument(
        architecture,
        "linux",
        DateTimeOffset.UnixEpoch.UtcDateTime,
        new(
            User,
            Ports.Count == 0 ? null : Ports.ToDictionary(port => $"{port}/tcp", _ => new Empty()),
            [.. Variables.OrderBy(variable => variable.Key, StringComparer.Ordinal).Select(variable => $"{variable.Key}={variable.Value}")],
            Entrypoint.Count == 0 ? null : Entrypoint,
            WorkingFolder,
            Labels.Count == 0 ? null : new SortedDictionary<string, string>(Labels.ToDictionary(), StringComparer.Ordinal),
            HealthCheck.Count == 0 ? null : new(["CMD", .. HealthCheck], Nanoseconds(HealthInterval), Nanoseconds(HealthTimeout), Nanoseconds(HealthStart), HealthRetries)),
        new("layers", [.. layers.Select(layer => layer.ToString())])));

    private static long Nanoseconds(TimeSpan span) => span.Ticks * TimeSpan.NanosecondsPerTick;
}

/// <summary>OCI's image configuration; the health check is Docker's addition, which others pass over.</summary>
internal sealed record ConfigurationDocument(string Architecture, [property: JsonPropertyName("os")] string System, DateTime Created, RunDocument Config, RootDocument Rootfs);

internal sealed record RunDocument(
    [property: JsonPropertyName("User")] string? User,
    [property: JsonPropertyName("ExposedPorts")] IReadOnlyDictionary<string, Empty>? ExposedPorts,
    [property: JsonPropertyName("Env")] IReadOnlyList<string>? Env,
    [property: JsonPropertyName("Entrypoint")] IReadOnlyList<string>? Entrypoint,
    [property: JsonPropertyName("WorkingDir")] string? WorkingDir,
    [property: JsonPropertyName("Labels")] IReadOnlyDictionary<string, string>? Labels,
    [property: JsonPropertyName("Healthcheck")] HealthDocument? Healthcheck);

internal sealed record HealthDocument(
    [property: JsonPropertyName("Test")] IReadOnlyList<string> Test,
    [property: JsonPropertyName("Interval")] long Interval,
    [property: JsonPropertyName("Timeout")] long Timeout,
    [property: JsonPropertyName("StartPeriod")] long StartPeriod,
    [property: JsonPropertyName("Retries")] int Retries);

internal sealed record RootDocument(string Type, [property: JsonPropertyName("diff_ids")] IReadOnlyList<string> DiffIds);

internal sealed record Empty;
