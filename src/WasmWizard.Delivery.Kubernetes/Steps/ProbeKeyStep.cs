using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using WasmWizard.Delivery.Kubernetes.Api;
using WasmWizard.Delivery.Kubernetes.Manifests;
using WasmWizard.Delivery.Locks;
using WasmWizard.Delivery.Plans;
using WasmWizard.Delivery.Ports;

namespace WasmWizard.Delivery.Kubernetes.Steps;

/// <summary>
/// The key that probes execute with: made here, kept as a Secret, and made known to the database by the release's own command, which reads it
/// from a file. It is never an argument, and no command prints it.
/// </summary>
internal sealed class ProbeKeyStep(StepContext context) : IRolloutStep
{
    private const string User = "probe";
    private const string Tier = "unlimited";
    private const string Letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
    private const string Volume = "probe";
    private const string Entry = "key";

    private static readonly TimeSpan Within = TimeSpan.FromMinutes(2);

    private ObjectName Name => new(ApiKind.Secret, context.Space, Names.ProbeKey);

    public string Id => "probe-key";

    public StepKind Kind => StepKind.Migrate;

    public string Subject => $"secret/{Names.ProbeKey}";

    public string Change => "a key that the database knows, for probes";

    public async Task<StepState> Observe(CancellationToken cancellation)
    {
        if (await context.Api.Get(Name, cancellation) is null)
            return new StepState(false, "there is no key");
        var known = (await context.Schema(cancellation)).ProbeKey;
        return known == context.Wanted.Parts.SecretVersion
            ? new StepState(true, "the database knows the key")
            : new StepState(false, "the database was not told of the key");
    }

    public async Task Act(FencingToken token, CancellationToken cancellation)
    {
        await context.Objects.Create(NewKey(), cancellation);
        await new CommandJob(context, "probe-key").Run(
            token,
            ["admin", "register-key", "--role", "user", "--tier", Tier, "--user", User, "--file", $"/run/secrets/{Volume}/{Entry}"],
            new() { Name = Volume, Secret = new() { SecretName = Names.ProbeKey, DefaultMode = Convert.ToInt32("440", 8) } },
            Within,
            cancellation);
        var schema = await context.Schema(cancellation);
        await context.Objects.Apply(token, (schema with { ProbeKey = context.Wanted.Parts.SecretVersion }).ToObject(context.Space), cancellation);
    }

    private JsonObject NewKey() => new()
    {
        ["apiVersion"] = "v1",
        ["kind"] = "Secret",
        ["metadata"] = new JsonObject
        {
            ["name"] = Names.ProbeKey,
            ["namespace"] = context.Space,
            ["labels"] = new JsonObject { [Marks.ManagedBy] = Names.FieldManager },
        },
        ["type"] = "Opaque",
        ["data"] = new JsonObject { [Entry] = Convert.ToBase64String(Encoding.ASCII.GetBytes($"ww_{RandomNumberGenerator.GetString(Letters, 32)}")) },
    };
}
