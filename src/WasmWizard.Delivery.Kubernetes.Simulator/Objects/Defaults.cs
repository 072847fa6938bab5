using System.Text.Json.Nodes;

namespace WasmWizard.Delivery.Kubernetes.Simulator.Objects;

/// <summary>What the API fills in where a request said nothing, for the kinds that are served.</summary>
internal static class Defaults
{
    public static void Fill(string kind, JsonObject whole)
    {
        switch (kind)
        {
            case "Deployment":
                Deployment(whole.Map("spec"));
                break;
            case "ReplicaSet" or "StatefulSet":
                Set(whole.Map("spec"), "replicas", 1);
                Pod(whole.Map("spec").Map("template"), "Always");
                break;
            case "Job":
                Job(whole.Map("spec"));
                break;
            case "Pod":
                PodSpec(whole.Map("spec"), "Always");
                break;
            case "Service":
                Service(whole.Map("spec"));
                break;
            case "Secret":
                Set(whole, "type", "Opaque");
                break;
            case "Namespace":
                whole.Map("metadata").Map("labels")["kubernetes.io/metadata.name"] = whole.Name();
                break;
            case "HorizontalPodAutoscaler":
                Set(whole.Map("spec"), "minReplicas", 1);
                break;
            case "NetworkPolicy":
                foreach (var rule in Items(whole.Map("spec"), "ingress").Concat(Items(whole.Map("spec"), "egress")))
                {
                    foreach (var port in Items(rule, "ports"))
                        Set(port, "protocol", "TCP");
                }

                break;
        }
    }

    private static void Deployment(JsonObject spec)
    {
        Set(spec, "replicas", 1);
        Set(spec, "revisionHistoryLimit", 10);
        Set(spec, "progressDeadlineSeconds", 600);
        var strategy = spec.Map("strategy");
        Set(strategy, "type", "RollingUpdate");
        if (strategy.Text("type") == "RollingUpdate")
        {
            Set(strategy.Map("rollingUpdate"), "maxSurge", "25%");
            Set(strategy.Map("rollingUpdate"), "maxUnavailable", "25%");
        }

        Pod(spec.Map("template"), "Always");
    }

    private static void Job(JsonObject spec)
    {
        Set(spec, "backoffLimit", 6);
        Set(spec, "completions", 1);
        Set(spec, "parallelism", 1);
        Set(spec, "completionMode", "NonIndexed");
        Set(spec, "suspend", false);
        Set(spec, "podReplacementPolicy", "TerminatingOrFailed");
        Pod(spec.Map("template"), "Never");
    }

    private static void Service(JsonObject spec)
    {
        Set(spec, "type", "ClusterIP");
        Set(spec, "sessionAffinity", "None");
        Set(spec, "internalTrafficPolicy", "Cluster");
        if (spec["clusterIP"] is null)
            spec["clusterIP"] = "10.96.0.10";
        foreach (var port in Items(spec, "ports"))
        {
            Set(port, "protocol", "TCP");
            if (port["targetPort"] is null)
                port["targetPort"] = port["port"]?.DeepClone();
        }
    }

    private static void Pod(JsonObject template, string restart)
    {
        if (template.Map("metadata").Count == 0)
            template.Map("metadata")["creationTimestamp"] = null;
        PodSpec(template.Map("spec"), restart);
    }

    private static void PodSpec(JsonObject spec, string restart)
    {
        Set(spec, "restartPolicy", restart);
        Set(spec, "dnsPolicy", "ClusterFirst");
        Set(spec, "schedulerName", "default-scheduler");
        Set(spec, "terminationGracePeriodSeconds", 30);
        spec.Map("securityContext");
        if (spec.Text("serviceAccountName") is { } account)
            spec["serviceAccount"] = account;
        foreach (var container in Items(spec, "initContainers").Concat(Items(spec, "containers")))
            Container(container);
        foreach (var volume in Items(spec, "volumes"))
        {
            if (volume["secret"] is JsonObject secret)
                Set(secret, "defaultMode", 420);
            if (volume["configMap"] is JsonObject map)
                Set(map, "defaultMode", 420);
        }
    }

    private static void Container(JsonObject container)
    {
        var image = container.Text("image") ?? "";
        Set(container, "imagePullPolicy", image.EndsWith(":latest", StringComparison.Ordinal) || !(image.Contains('@', StringComparison.Ordinal) || image[(image.LastIndexOf('/') + 1)..].Contains(':', StringComparison.Ordinal)) ? "Always" : "IfNotPresent");
        Set(container, "terminationMessagePath", "/dev/termination-log");
        Set(container, "terminationMessagePolicy", "File");
        container.Map("resources");
        foreach (var port in Items(container, "ports"))
            Set(port, "protocol", "TCP");
        foreach (var name in new[] { "livenessProbe", "readinessProbe", "startupProbe" })
        {
            if (container[name] is not JsonObject probe)
                continue;
            Set(probe, "timeoutSeconds", 1);
            Set(probe, "periodSeconds", 10);
            Set(probe, "successThreshold", 1);
            Set(probe, "failureThreshold", 3);
            if (probe["httpGet"] is JsonObject get)
                Set(get, "scheme", "HTTP");
        }
    }

    private static void Set(JsonObject map, string field, JsonNode value) => map[field] ??= value;

    private static IEnumerable<JsonObject> Items(JsonObject map, string field) => (map[field] as JsonArray)?.OfType<JsonObject>() ?? [];
}
