using System.Text.Json.Nodes;
using WasmWizard.Delivery.Kubernetes.Simulator.Objects;

namespace WasmWizard.Delivery.Kubernetes.Simulator.Controllers;

/// <summary>The autoscaler's lower bound, what goes with its owner, and namespaces that end.</summary>
internal sealed class Housekeeping(Scope scope)
{
    private static readonly Resource Scalers = Scope.Resource("HorizontalPodAutoscaler");
    private static readonly Resource Namespaces = Scope.Resource("Namespace");
    private static readonly Resource[] Owned = [Scope.ReplicaSets, Scope.Pods];

    public void Run()
    {
        foreach (var scaler in scope.Store.All(Scalers).ToList())
            Scale(scaler);
        foreach (var resource in Owned)
        {
            foreach (var orphan in scope.Store.All(resource).Where(IsOrphan).ToList())
            {
                if (resource == Scope.Pods)
                    PodEnding.Begin(scope, orphan);
                else
                    scope.Store.Remove(resource, orphan);
            }
        }

        foreach (var ending in scope.Store.All(Namespaces).Where(space => space.Text("status", "phase") == "Terminating").ToList())
            End(ending);
    }

    /// <summary>Nothing measures load here, so all that is left of scaling are its bounds.</summary>
    private void Scale(JsonObject scaler)
    {
        if (scope.Store.Find(Scope.Deployments, scaler.Space(), scaler.Text("spec", "scaleTargetRef", "name") ?? "") is not { } target)
            return;
        var (least, most, now) = (scaler.Number("spec", "minReplicas") ?? 1, scaler.Number("spec", "maxReplicas") ?? 1, target.Number("spec", "replicas") ?? 1);
        var wanted = now == 0 ? 0 : Math.Clamp(now, least, most);
        if (wanted == now)
            return;
        var scaled = target.Copy();
        scaled.Map("spec")["replicas"] = wanted;
        scaled.Map("metadata")["generation"] = (target.Number("metadata", "generation") ?? 1) + 1;
        FieldOwners.Update(Scope.Deployments, target, scaled, "kube-controller-manager", "scale", scope.Now);
        scope.Store.Set(Scope.Deployments, scaled);
    }

    private bool IsOrphan(JsonObject whole) => whole.Owner() is { } owner
        && !Scope.IsEnding(whole)
        && Resource.BuiltIn.FirstOrDefault(resource => resource.Kind == owner.Text("kind")) is { } kind
        && scope.Store.Find(kind, whole.Space(), owner.Text("name")!)?.Uid() != owner.Text("uid");

    private void End(JsonObject space)
    {
        foreach (var resource in Resource.BuiltIn.Concat(Resource.OfOperators).Where(resource => resource.IsNamespaced))
        {
            foreach (var whole in scope.Store.All(resource, space.Name()).ToList())
                scope.Store.Remove(resource, whole);
        }

        scope.Store.Remove(Namespaces, space);
    }
}
