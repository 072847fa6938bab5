using WasmWizard.Delivery.Kubernetes.Simulator.Objects;

namespace WasmWizard.Delivery.Kubernetes.Simulator.Controllers;

/// <summary>The end of a pod: asked first, gone when it has drained or its grace is over.</summary>
internal static class PodEnding
{
    public static void Begin(Scope scope, System.Text.Json.Nodes.JsonObject pod)
    {
        if (Scope.IsEnding(pod) || scope.Store.Find(Scope.Pods, pod.Space(), pod.Name()) is not { } live)
            return;
        var ending = live.Copy();
        ending.Map("metadata")["deletionTimestamp"] = Json.Time(scope.Now);
        ending.Map("metadata")["deletionGracePeriodSeconds"] = live.Number("spec", "terminationGracePeriodSeconds") ?? 30;
        scope.Store.Set(Scope.Pods, ending);
    }
}
