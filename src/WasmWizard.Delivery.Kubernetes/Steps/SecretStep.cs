using WasmWizard.Delivery.Kubernetes.Manifests;
using WasmWizard.Delivery.Locks;
using WasmWizard.Delivery.Plans;
using WasmWizard.Delivery.Ports;

namespace WasmWizard.Delivery.Kubernetes.Steps;

/// <summary>The version of the secrets that the release runs with is there.</summary>
internal sealed class SecretStep(StepContext context) : IRolloutStep
{
    public string Id => "secrets";

    public StepKind Kind => StepKind.Prepare;

    public string Subject => $"secret/{Names.Secrets(context.Wanted.Parts.SecretVersion)}";

    public string Change => $"holds {string.Join(", ", context.Wanted.Parts.Secrets)}{context.Wanted.SecretNote}";

    public async Task<StepState> Observe(CancellationToken cancellation)
    {
        var number = context.Wanted.Parts.SecretVersion;
        var version = (await context.Secrets.All(cancellation)).FirstOrDefault(known => known.Number == number);
        return (version, context.Wanted.SecretValues) switch
        {
            (null, _) => new StepState(false, "it is not there"),
            ({ IsRevoked: true }, _) => new StepState(false, "it is revoked"),
            ({ } found, { } values) when !found.Holds(values) => new StepState(false, "it holds other values"),
            _ => new StepState(true, $"it is there{context.Wanted.SecretNote}"),
        };
    }

    public async Task Act(FencingToken token, CancellationToken cancellation)
    {
        if (context.Wanted.SecretValues is not { } values)
            throw new StepFailedException($"{Subject} is not there, and this run was given no values for it. Give them with --database-url-file and --redis-url-file.");
        await context.Objects.Create(context.Secrets.ToObject(context.Wanted.Parts.SecretVersion, values), cancellation);
    }
}
