using System.Globalization;
using WasmWizard.Delivery.Environments;
using WasmWizard.Delivery.Generation;
using WasmWizard.Delivery.Yaml;

namespace WasmWizard.Delivery.Compose.Stack;

/// <summary>
/// The files that people start an environment with by hand, with docker-compose (v1) and docker compose (v2) alike; written from the layout that
/// deployments use.
/// </summary>
public static class ComposeFiles
{
    public static IReadOnlyList<GeneratedFile> Of(DeliveryStrategy strategy) =>
        Of(ComposeLayout.Of(strategy.Of(EnvironmentName.Staging)), ComposeLayout.Of(strategy.Of(EnvironmentName.Research)));

    internal static IReadOnlyList<GeneratedFile> Of(ComposeLayout staging, ComposeLayout research) =>
    [
        new("docker-compose.staging.yml", Write(Staging(staging), StagingNotes)),
        new("docker-compose.dev.yml", Write(Development(research), DevelopmentNotes)),
        new($"proxy/{staging.Environment.Word}/haproxy.cfg", ProxyConfiguration.Text(staging)),
    ];

    private static readonly string[] StagingNotes =
    [
        "",
        "Before the first start: secrets/staging/ with database_url, postgres_password, tls_certificate and tls_key (docs/runbooks/compose-by-hand.md),",
        "then: docker-compose -f docker-compose.staging.yml run --rm migrate",
    ];

    private static readonly string[] DevelopmentNotes = ["", "docker-compose -f docker-compose.dev.yml up -d, then http://127.0.0.1:8095"];

    private static string Write(YamlMap document, string[] notes) => YamlWriter.Write(document, [.. GeneratedHeader.Lines("WasmWizard.Delivery.Compose", "build/Strategy.cs"), .. notes]);

    private static YamlMap Staging(ComposeLayout layout) => Map(
        ("services", Map(
        [
            .. layout.Around.Select(service => (service.Name, (YamlNode?)Service(layout, service))),
            (ComposeLayout.Service, Release(layout, null)),
            ("migrate", Release(layout, ["migrate"])),
        ])),
        ("networks", Map(
            ("default", Network(layout.Network, layout.Subnet, isInternal: false)),
            ("control", Network(layout.ControlNetwork, layout.ControlSubnet, isInternal: true)))),
        ("volumes", Map([.. Volumes(layout.Around).Append(ComposeLayout.DataVolume).Select(volume => (volume, (YamlNode?)Map(("name", Text($"{layout.Project}-{volume}")))))])),
        ("secrets", Map(
        [
            .. layout.Around.SelectMany(service => service.Secrets).Select(secret => secret.Name).Append("database_url").Distinct()
                .Select(secret => (secret, (YamlNode?)Map(("file", Text($"${{SECRETS:-./secrets/{layout.Environment.Word}}}/{secret}"))))),
        ])));

    private static YamlMap Service(ComposeLayout layout, StackService service)
    {
        List<(string, YamlNode?)> entries = [("image", Text($"${{{service.ImageVariable}:-{service.Image}}}")), ("restart", Text("unless-stopped"))];
        if (service.Command.Count > 0)
            entries.Add(("command", new YamlInline(service.Command)));
        if (service.Variables.Count > 0)
            entries.Add(("environment", Variables(service.Variables)));
        if (service.Volumes.Count > 0)
            entries.Add(("volumes", new YamlInline([.. service.Volumes.Select(volume => $"{volume.Source}:{volume.Path}{(volume.ReadOnly ? ":ro" : "")}")])));
        if (service.Secrets.Count > 0)
            entries.Add(("secrets", Secrets(service.Secrets)));
        if (service.SharedMemoryBytes > 0)
            entries.Add(("shm_size", (YamlScalar)service.SharedMemoryBytes.ToString(CultureInfo.InvariantCulture)));
        if (service.Publishes)
            entries.Add(("ports", new YamlInline([$"${{HTTPS_PORT:-443}}:{ComposeLayout.ProxyPort}"])));
        if (service.Control)
            entries.Add(("networks", Map(("default", Map()), ("control", Map(("ipv4_address", Text(layout.ControlAddress)))))));
        entries.Add(("security_opt", new YamlInline(["no-new-privileges:true"])));
        return Map([.. entries]);
    }

    private static YamlMap Release(ComposeLayout layout, string[]? command)
    {
        List<(string, YamlNode?)> entries =
        [
            ("image", Text($"${{WASM_WIZARD_IMAGE:-{ComposeLayout.Service}:{layout.Environment.ImageTag}}}")),
            ("user", Text($"{ComposeLayout.User}:{ComposeLayout.User}")),
            ("environment", Variables(ComposeLayout.ServiceVariables(layout.Environment.Variables))),
            ("secrets", Secrets([new("database_url", "/run/secrets/database_url")])),
            ("read_only", (YamlScalar)true),
            ("tmpfs", new YamlInline(["/tmp:size=64m,mode=1777"])),
            ("volumes", new YamlInline([$"{ComposeLayout.DataVolume}:/data"])),
            ("cap_drop", new YamlInline(["ALL"])),
            ("security_opt", new YamlInline(["no-new-privileges:true"])),
            ("labels", Map(("wasm-wizard.project", Text(layout.Project)))),
            ("depends_on", new YamlInline(command is null ? ["postgres", "redis"] : ["postgres"])),
        ];
        if (command is null)
        {
            entries.Add(("restart", Text("unless-stopped")));
            entries.Add(("stop_grace_period", Text("40s")));
        }
        else
        {
            entries.Add(("command", new YamlInline(command)));
            entries.Add(("profiles", new YamlInline(["tools"])));
        }

        return Map([.. entries]);
    }

    /// <summary>Nothing to prepare: an open service on loopback, a database with a password that guards nothing, migrated at the start.</summary>
    private static YamlMap Development(ComposeLayout layout)
    {
        var variables = new Dictionary<string, string>(ComposeLayout.ServiceVariables(layout.Environment.Variables))
        {
            ["ALLOW_ANONYMOUS"] = "true",
            ["MIGRATE_ON_START"] = "true",
            ["DATABASE_URL"] = $"postgres://{ComposeLayout.DatabaseUser}:development@postgres:5432/{layout.Database}",
        };
        variables.Remove("DATABASE_URL_FILE");
        variables.Remove("TRUST_PROXY");
        var postgres = layout.Around.Single(service => service.Name == "postgres");
        var redis = layout.Around.Single(service => service.Name == "redis");
        return Map(
            ("services", Map(
                ("postgres", Map(
                    ("image", Text($"${{{postgres.ImageVariable}:-{postgres.Image}}}")),
                    ("environment", Variables(new Dictionary<string, string> { ["POSTGRES_USER"] = ComposeLayout.DatabaseUser, ["POSTGRES_DB"] = layout.Database, ["POSTGRES_PASSWORD"] = "development", ["PGDATA"] = postgres.Variables["PGDATA"] })),
                    ("volumes", new YamlInline([$"postgres:{postgres.Volumes[0].Path}"])))),
                ("redis", Map(("image", Text($"${{{redis.ImageVariable}:-{redis.Image}}}")), ("command", new YamlInline(redis.Command)))),
                (ComposeLayout.Service, Map(
                    ("image", Text($"${{WASM_WIZARD_IMAGE:-{ComposeLayout.Service}:{layout.Environment.ImageTag}}}")),
                    ("environment", Variables(variables)),
                    ("ports", new YamlInline([$"127.0.0.1:${{HTTP_PORT:-8095}}:{ComposeLayout.ServicePort}"])),
                    ("volumes", new YamlInline([$"{ComposeLayout.DataVolume}:/data"])),
                    ("depends_on", new YamlInline(["postgres", "redis"])),
                    ("restart", Text("unless-stopped")))))),
            ("volumes", Map(
                ("postgres", Map(("name", Text($"{layout.Project}-postgres")))),
                (ComposeLayout.DataVolume, Map(("name", Text($"{layout.Project}-{ComposeLayout.DataVolume}")))))));
    }

    private static YamlMap Network(string name, string subnet, bool isInternal)
    {
        List<(string, YamlNode?)> entries = [("name", Text(name))];
        if (isInternal)
            entries.Add(("internal", (YamlScalar)true));
        entries.Add(("ipam", Map(("config", new YamlItems([Map(("subnet", Text($"{subnet}.0/24")), ("ip_range", Text($"{subnet}.128/25")))])))));
        return Map([.. entries]);
    }

    private static IEnumerable<string> Volumes(IEnumerable<StackService> services) =>
        services.SelectMany(service => service.Volumes).Where(volume => !volume.IsFolder).Select(volume => volume.Source);

    private static YamlItems Secrets(IEnumerable<StackSecret> secrets) =>
        new([.. secrets.Select(secret => Map(("source", Text(secret.Name)), ("target", Text(secret.Path))))]);

    private static YamlMap Variables(IReadOnlyDictionary<string, string> variables) =>
        Map([.. variables.OrderBy(variable => variable.Key, StringComparer.Ordinal).Select(variable => (variable.Key, (YamlNode?)Quoted(variable.Value)))]);

    // Compose wants text for every variable; what YAML would read as something else is quoted by the writer.
    private static YamlScalar Quoted(string value) => value;

    private static YamlScalar Text(string value) => value;

    private static YamlMap Map(params (string Key, YamlNode? Value)[] entries) => new([.. entries.Select(entry => new YamlEntry(entry.Key, entry.Value))]);
}
