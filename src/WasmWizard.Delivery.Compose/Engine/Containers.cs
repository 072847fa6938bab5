using System.Text;
using System.Text.Json.Nodes;

namespace WasmWizard.Delivery.Compose.Engine;

/// <summary>Containers by name.</summary>
public static class Containers
{
    /// <summary>As it is now; null when there is none of that name.</summary>
    public static async Task<ContainerView?> FindContainer(this EngineClient engine, string name, CancellationToken cancellation) =>
        await engine.Find($"/containers/{name}/json", cancellation) is { } json ? new ContainerView(json) : null;

    /// <summary>False when the name is taken: the engine gives a name to one at a time.</summary>
    public static async Task<bool> TryCreate(this EngineClient engine, string name, JsonNode specification, CancellationToken cancellation)
    {
        try
        {
            await engine.Post($"/containers/create?name={name}", specification, cancellation);
            return true;
        }
        catch (EngineException taken) when (taken.Status == 409)
        {
            return false;
        }
    }

    public static async Task Start(this EngineClient engine, string container, CancellationToken cancellation) =>
        await engine.Post($"/containers/{container}/start", null, cancellation, 304);

    /// <summary>SIGTERM, and what does not end by itself within the time is killed.</summary>
    public static async Task Stop(this EngineClient engine, string container, TimeSpan within, CancellationToken cancellation) =>
        await engine.Post($"/containers/{container}/stop?t={(int)within.TotalSeconds}", null, cancellation, 304, 404);

    /// <summary>Its files go with it, volumes that have a name stay.</summary>
    public static async Task Remove(this EngineClient engine, string container, CancellationToken cancellation)
    {
        try
        {
            await engine.Delete($"/containers/{container}?force=true&v=true", cancellation);
        }
        catch (EngineException already) when (already.Status == 409)
        {
            // Somebody else removes it at this moment.
            _ = already;
        }
    }

    /// <summary>Waits for its end.</summary>
    public static async Task<long> Wait(this EngineClient engine, string container, CancellationToken cancellation) =>
        (await engine.Post($"/containers/{container}/wait", null, cancellation))!["StatusCode"]!.GetValue<long>();

    /// <summary>The last lines that it printed, stdout and stderr in the order of their time.</summary>
    public static async Task<IReadOnlyList<string>> LastLines(this EngineClient engine, string container, int lines, CancellationToken cancellation)
    {
        var frames = await engine.Bytes($"/containers/{container}/logs?stdout=1&stderr=1&tail={lines}", cancellation);
        var text = new StringBuilder();
        // A head of eight bytes stands before each part: the stream, three zeros, the length.
        for (var at = 0; at + 8 <= frames.Length;)
        {
            var length = System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(frames.AsSpan(at + 4));
            text.Append(Encoding.UTF8.GetString(frames.AsSpan(at + 8, Math.Min(length, frames.Length - at - 8))));
            at += 8 + length;
        }

        return text.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    /// <summary>Names of containers with these labels, ended ones included.</summary>
    public static async Task<IReadOnlyList<string>> Named(this EngineClient engine, IReadOnlyDictionary<string, string> labels, CancellationToken cancellation)
    {
        var filter = new JsonObject { ["label"] = new JsonArray([.. labels.Select(label => JsonValue.Create($"{label.Key}={label.Value}"))]) };
        var list = await engine.Get($"/containers/json?all=true&filters={Uri.EscapeDataString(filter.ToJsonString())}", cancellation);
        return [.. list.AsArray().Select(container => container!["Names"]![0]!.GetValue<string>().TrimStart('/'))];
    }
}

/// <summary>What the engine tells of a container.</summary>
public sealed class ContainerView(JsonNode json)
{
    public string Id => json[nameof(Id)]!.GetValue<string>();

    public bool IsRunning => json["State"]!["Running"]!.GetValue<bool>();

    /// <summary>How often it ended by itself and the engine started it again; one that always ends runs, for the engine, in between too.</summary>
    public long RestartCount => json[nameof(RestartCount)]?.GetValue<long>() ?? 0;

    public long ExitCode => json["State"]![nameof(ExitCode)]!.GetValue<long>();

    /// <summary>UTC; when it was last started.</summary>
    public DateTimeOffset StartedAt => DateTimeOffset.Parse(json["State"]![nameof(StartedAt)]!.GetValue<string>(), System.Globalization.CultureInfo.InvariantCulture);

    public string ImageId => json["Image"]!.GetValue<string>();

    public string? Label(string name) => json["Config"]!["Labels"]?[name]?.GetValue<string>();

    /// <summary>Its address in a network; null when it is not running there.</summary>
    public string? AddressIn(string network) => json["NetworkSettings"]!["Networks"]?[network]?["IPAddress"]?.GetValue<string>() is { Length: > 0 } address ? address : null;

    /// <summary>Host ports that are published.</summary>
    public IReadOnlyList<int> Published => json["NetworkSettings"]!["Ports"] is JsonObject ports
        ? [.. ports.Where(port => port.Value is not null).SelectMany(port => port.Value!.AsArray()).Select(port => int.Parse(port!["HostPort"]!.GetValue<string>(), System.Globalization.CultureInfo.InvariantCulture)).Distinct()]
        : [];
}
