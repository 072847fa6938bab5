using System.Text.Json.Nodes;
using WasmWizard.Delivery.Kubernetes.Simulator.Objects;

namespace WasmWizard.Delivery.Kubernetes.Simulator.Controllers;

/// <summary>Makes and removes pods, within the namespace's quota.</summary>
internal sealed class ReplicaSetController(Scope scope)
{
    private static readonly Resource Quotas = Scope.Resource("ResourceQuota");

    private int _names;

    public void Run()
    {
        foreach (var set in scope.Store.All(Scope.ReplicaSets).ToList())
            Run(set);
    }

    private void Run(JsonObject set)
    {
        var pods = scope.PodsOf(set).Where(pod => !Scope.IsEnding(pod)).ToList();
        var wanted = set.Number("spec", "replicas") ?? 0;
        var refusal = pods.Count < wanted ? Make(set, wanted - pods.Count) : null;
        foreach (var surplus in pods.OrderBy(Scope.IsReady).ThenByDescending(pod => pod.Text("metadata", "creationTimestamp"), StringComparer.Ordinal).Take(Math.Max(0, pods.Count - wanted)))
            PodEnding.Begin(scope, surplus);
        var live = scope.Store.Find(Scope.ReplicaSets, set.Space(), set.Name())!;
        var status = (live["status"] as JsonObject)?.Copy() ?? [];
        var left = scope.PodsOf(set).Where(pod => !Scope.IsEnding(pod)).ToList();
        (status["replicas"], status["readyReplicas"], status["observedGeneration"]) = (left.Count, left.Count(Scope.IsReady), live.Number("metadata", "generation"));
        if (refusal is not null)
            Json.SetCondition(status, "ReplicaFailure", true, "FailedCreate", refusal, scope.Now);
        else
            Json.RemoveCondition(status, "ReplicaFailure");
        scope.SetStatus(Scope.ReplicaSets, live, status);
    }

    /// <returns>Why no more could be made; null when all were.</returns>
    private string? Make(JsonObject set, int count)
    {
        for (var i = 0; i < count; i++)
        {
            var template = set.At("spec", "template")!.AsObject();
            var name = $"{set.Name()}-{Suffix()}";
            if (Exceeded(set.Space(), name, template.At("spec")!.AsObject()) is { } refusal)
            {
                scope.Tell(set, "Warning", "FailedCreate", $"Error creating: {refusal}");
                return refusal;
            }

            var pod = new JsonObject
            {
                ["metadata"] = new JsonObject
                {
                    ["name"] = name,
                    ["generateName"] = $"{set.Name()}-",
                    ["namespace"] = set.Space(),
                    ["labels"] = template.At("metadata", "labels")!.DeepClone(),
                    ["ownerReferences"] = Scope.OwnerOf(set),
                },
                ["spec"] = template.At("spec")!.DeepClone(),
                ["status"] = new JsonObject { ["phase"] = "Pending" },
            };
            scope.Store.Add(Scope.Pods, pod);
            scope.Tell(set, "Normal", "SuccessfulCreate", $"Created pod: {name}");
        }

        return null;
    }

    private string? Exceeded(string space, string pod, JsonObject spec)
    {
        foreach (var quota in scope.Store.All(Quotas, space))
        {
            if (quota.Text("spec", "hard", "pods") is { } pods && scope.Store.All(Scope.Pods, space).Count(one => !Scope.IsEnding(one)) >= Quantity.Parse(pods))
                return $"pods \"{pod}\" is forbidden: exceeded quota: {quota.Name()}, requested: pods=1, used: pods={pods}, limited: pods={pods}";
            if (quota.Text("spec", "hard", "requests.cpu") is { } limit)
            {
                var used = scope.Store.All(Scope.Pods, space).Where(one => !Scope.IsEnding(one)).Sum(one => Quantity.Requested(one.At("spec")!.AsObject(), "cpu"));
                var asked = Quantity.Requested(spec, "cpu");
                if (used + asked > Quantity.Parse(limit))
                    return $"pods \"{pod}\" is forbidden: exceeded quota: {quota.Name()}, requested: requests.cpu={asked * 1000:0}m, used: requests.cpu={used * 1000:0}m, limited: requests.cpu={limit}";
            }
        }

        return null;
    }

    private string Suffix()
    {
        const string safe = "bcdfghjklmnpqrstvwxz2456789";
        var number = ++_names * 7919;
        return string.Concat(Enumerable.Range(0, 5).Select(_ =>
        {
            var letter = safe[number % safe.Length];
            number /= safe.Length;
            return letter;
        }));
    }
}
