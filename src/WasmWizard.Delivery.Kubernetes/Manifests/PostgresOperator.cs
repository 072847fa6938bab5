using System.Text.Json.Nodes;

namespace WasmWizard.Delivery.Kubernetes.Manifests;

/// <summary>
/// PostgreSQL as resources of the operator CloudNativePG (postgresql.cnpg.io/v1): one that is written to, two that follow it, of which one
/// must have confirmed a commit; a base backup each night and the log of changes in between, kept for 30 days.
/// </summary>
internal static class PostgresOperator
{
    private const string Api = "postgresql.cnpg.io/v1";
    private const string Component = "database";

    /// <summary>The Secret that names the store of backups; a person makes it.</summary>
    private const string StoreSecret = $"{Names.Postgres}-backup";

    public static IEnumerable<JsonObject> All(ClusterSettings settings) => [Cluster(settings), Nightly(settings)];

    private static JsonObject Cluster(ClusterSettings settings) => new()
    {
        ["apiVersion"] = Api,
        ["kind"] = "Cluster",
        ["metadata"] = Meta(settings),
        ["spec"] = new JsonObject
        {
            ["instances"] = 3,
            ["primaryUpdateStrategy"] = "unsupervised",
            ["postgresql"] = new JsonObject
            {
                ["parameters"] = new JsonObject { ["max_connections"] = "200" },
                ["synchronous"] = new JsonObject { ["method"] = "any", ["number"] = 1 },
            },
            ["bootstrap"] = new JsonObject { ["initdb"] = new JsonObject { ["database"] = Names.Product, ["owner"] = "wasm_wizard" } },
            ["storage"] = new JsonObject { ["size"] = "20Gi" },
            ["walStorage"] = new JsonObject { ["size"] = "5Gi" },
            ["affinity"] = new JsonObject { ["podAntiAffinityType"] = "preferred", ["topologyKey"] = "kubernetes.io/hostname" },
            ["resources"] = new JsonObject
            {
                ["requests"] = new JsonObject { ["cpu"] = "500m", ["memory"] = "1Gi" },
                ["limits"] = new JsonObject { ["memory"] = "2Gi" },
            },
            ["backup"] = new JsonObject
            {
                ["retentionPolicy"] = "30d",
                ["barmanObjectStore"] = new JsonObject
                {
                    ["destinationPath"] = $"s3://{Names.Product}-{settings.Environment.Word}-backups/",
                    ["s3Credentials"] = new JsonObject { ["accessKeyId"] = Key("ACCESS_KEY_ID"), ["secretAccessKey"] = Key("SECRET_ACCESS_KEY") },
                    ["wal"] = new JsonObject { ["compression"] = "gzip", ["encryption"] = "AES256" },
                    ["data"] = new JsonObject { ["compression"] = "gzip", ["encryption"] = "AES256" },
                },
            },
        },
    };

    private static JsonObject Nightly(ClusterSettings settings) => new()
    {
        ["apiVersion"] = Api,
        ["kind"] = "ScheduledBackup",
        ["metadata"] = Meta(settings),
        ["spec"] = new JsonObject
        {
            // With seconds first: 02:30 each night.
            ["schedule"] = "0 30 2 * * *",
            ["backupOwnerReference"] = "self",
            ["cluster"] = new JsonObject { ["name"] = Names.Postgres },
        },
    };

    private static JsonObject Meta(ClusterSettings settings) => CustomObjects.Meta(settings, Names.Postgres, Component);

    private static JsonObject Key(string name) => new() { ["name"] = StoreSecret, ["key"] = name };
}
