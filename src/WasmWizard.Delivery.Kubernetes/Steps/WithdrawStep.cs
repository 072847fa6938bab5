using WasmWizard.Delivery.Kubernetes.Api;
using WasmWizard.Delivery.Kubernetes.Manifests;
using WasmWizard.Delivery.Locks;
using WasmWizard.Delivery.Plans;
using WasmWizard.Delivery.Ports;

namespace WasmWizard.Delivery.Kubernetes.Steps;

/// <summary>Nothing serves: the Deployments and what scales them are gone. Data, secrets, stored releases and the ledger stay.</summary>
internal sealed class WithdrawStep(ClusterApi api, string space) : IRolloutStep
{
    private readonly ObjectName[] _names =
    [
        new(ApiKind.Autoscaler, space, Names.Product),
        new(ApiKind.Deployment, space, Names.Canary),
        new(ApiKind.Deployment, space, Names.Product),
    ];

    public string Id => "withdraw";

    public StepKind Kind => StepKind.TakeOver;

    public string Subject => $"deployment/{Names.Product}";

    public string Change => "none, and nothing that scales it";

    public async Task<StepState> Observe(CancellationToken cancellation)
    {
        var there = new List<ObjectName>();
        foreach (var name in _names)
        {
            if (await api.Get(name, cancellation) is { } live && live["metadata"]!["deletionTimestamp"] is null)
                there.Add(name);
        }

        return there.Count == 0 ? new StepState(true, "nothing serves") : new StepState(false, $"there are {string.Join(", ", there)}");
    }

    public async Task Act(FencingToken token, CancellationToken cancellation)
    {
        var objects = new OwnedObjects(api);
        foreach (var name in _names)
            await objects.Delete(token, name, cancellation);
    }
}
