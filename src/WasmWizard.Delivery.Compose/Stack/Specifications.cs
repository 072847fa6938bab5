using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using WasmWizard.Delivery.Releases;

namespace WasmWizard.Delivery.Compose.Stack;

/// <summary>A stack's services as the engine's API wants them. Labels are those of Compose as well, so that its commands find what a deployment made.</summary>
internal static class Specifications
{
    public const string HashLabel = "wasm-wizard.specification";
    public const string AsideLabel = "wasm-wizard.aside";
    public const string ReleaseLabel = "wasm-wizard.release-id";

    public static JsonObject Around(ComposeLayout stack, StackService service, ComposeOptions options)
    {
        var host = Host(stack, service.Volumes.Where(volume => !volume.IsFolder).Select(volume => $"{stack.Project}-{volume.Source}:{volume.Path}"));
        if (service.SharedMemoryBytes > 0)
            host["ShmSize"] = service.SharedMemoryBytes;
        var specification = new JsonObject
        {
            ["Image"] = service.Image,
            ["Env"] = Variables(service.Variables),
            ["Labels"] = Labels(stack, service.Name),
            ["HostConfig"] = host,
            ["NetworkingConfig"] = Networks(stack.Network, [service.Name], null),
        };
        if (service.Command.Count > 0)
            specification["Cmd"] = new JsonArray([.. service.Command.Select(word => JsonValue.Create(word))]);
        if (service.Publishes)
        {
            var port = $"{ComposeLayout.ProxyPort}/tcp";
            specification["ExposedPorts"] = new JsonObject { [port] = new JsonObject() };
            host["PortBindings"] = new JsonObject
            {
                [port] = new JsonArray(new JsonObject
                {
                    ["HostIp"] = options.PublishedOn,
                    ["HostPort"] = options.PublishedPort.ToString(System.Globalization.CultureInfo.InvariantCulture),
                }),
            };
        }

        return specification;
    }

    /// <summary>Over the specification and the files: another one makes another container.</summary>
    public static string Hash(JsonObject specification, IReadOnlyDictionary<string, byte[]> files)
    {
        var text = new StringBuilder(specification.ToJsonString());
        foreach (var (path, content) in files.OrderBy(file => file.Key, StringComparer.Ordinal))
            text.Append('\n').Append(path).Append(' ').Append(Convert.ToHexStringLower(SHA256.HashData(content)));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }

    /// <summary>A release that serves in a slot: nothing in it can be written but a folder in memory and the one that all releases share.</summary>
    /// <param name="stack">Where it runs.</param>
    /// <param name="release">What runs.</param>
    /// <param name="secrets">The volume with its secrets.</param>
    /// <param name="slot">Gives it its fixed address.</param>
    public static JsonObject Serving(ComposeLayout stack, Release release, string secrets, Slot slot)
    {
        var host = Host(stack, [$"{secrets}:/run/secrets:ro", $"{stack.Project}-{ComposeLayout.DataVolume}:/data"]);
        host["ReadonlyRootfs"] = true;
        host["Tmpfs"] = new JsonObject { ["/tmp"] = "size=64m,mode=1777" };
        return Release(stack, release, host, Networks(stack.Network, [ComposeLayout.Service], stack.AddressOf(slot)));
    }

    /// <summary>A release that does something aside: it is not found by the service's name, and is not started again.</summary>
    public static JsonObject Aside(ComposeLayout stack, Release release, IReadOnlyList<string>? command)
    {
        var host = Host(stack, []);
        host["RestartPolicy"] = new JsonObject { ["Name"] = "no" };
        var specification = Release(stack, release, host, Networks(stack.Network, [], null));
        specification["Labels"]![AsideLabel] = stack.Project;
        if (command is not null)
            specification["Cmd"] = new JsonArray([.. command.Select(word => JsonValue.Create(word))]);
        return specification;
    }

    private static JsonObject Release(ComposeLayout stack, Release release, JsonObject host, JsonObject networks)
    {
        host["CapDrop"] = new JsonArray("ALL");
        var labels = Labels(stack, ComposeLayout.Service);
        labels[ReleaseLabel] = release.Id.ToString();
        return new JsonObject
        {
            ["Image"] = ImageOf(release.Digest),
            ["User"] = $"{ComposeLayout.User}:{ComposeLayout.User}",
            ["Env"] = Variables(new Dictionary<string, string>(ComposeLayout.ServiceVariables(release.Variables))
            {
                ["RELEASE_VERSION"] = release.Version,
                ["RELEASE_COMMIT"] = release.Commit,
                ["RELEASE_DIGEST"] = release.Digest.ToString(),
            }),
            ["Labels"] = labels,
            ["HostConfig"] = host,
            ["NetworkingConfig"] = networks,
            ["StopTimeout"] = 40,
        };
    }

    /// <summary>The name by which the engine holds a release's image.</summary>
    public static string ImageOf(Digest digest) => $"{ComposeLayout.Service}:{digest.Hex}";

    private static JsonObject Host(ComposeLayout stack, IEnumerable<string> binds) => new()
    {
        ["Binds"] = new JsonArray([.. binds.Select(bind => JsonValue.Create(bind))]),
        ["NetworkMode"] = stack.Network,
        ["RestartPolicy"] = new JsonObject { ["Name"] = "unless-stopped" },
        ["SecurityOpt"] = new JsonArray("no-new-privileges"),
        ["LogConfig"] = new JsonObject { ["Type"] = "json-file", ["Config"] = new JsonObject { ["max-size"] = "10m", ["max-file"] = "5" } },
    };

    private static JsonObject Labels(ComposeLayout stack, string service) => new()
    {
        ["wasm-wizard.project"] = stack.Project,
        ["wasm-wizard.service"] = service,
    };

    private static JsonArray Variables(IReadOnlyDictionary<string, string> variables) =>
        [.. variables.OrderBy(variable => variable.Key, StringComparer.Ordinal).Select(variable => JsonValue.Create($"{variable.Key}={variable.Value}"))];

    private static JsonObject Networks(string network, IReadOnlyList<string> aliases, string? address)
    {
        var endpoint = new JsonObject { ["Aliases"] = new JsonArray([.. aliases.Select(alias => JsonValue.Create(alias))]) };
        if (address is not null)
            endpoint["IPAMConfig"] = new JsonObject { ["IPv4Address"] = address };
        return new JsonObject { ["EndpointsConfig"] = new JsonObject { [network] = endpoint } };
    }
}
