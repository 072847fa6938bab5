using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using WasmWizard.Delivery.Kubernetes.Simulator.Objects;

namespace WasmWizard.Delivery.Kubernetes.Simulator.Controllers;

/// <summary>Keeps one ReplicaSet per template and moves pods between them within what surge and unavailability allow.</summary>
internal sealed class DeploymentController(Scope scope)
{
    private const string HashLabel = "pod-template-hash";
    private const string Revision = "deployment.kubernetes.io/revision";

    public void Run()
    {
        foreach (var deployment in scope.Store.All(Scope.Deployments).ToList())
            Run(deployment);
    }

    private void Run(JsonObject deployment)
    {
        var sets = SetsOf(deployment);
        var current = sets.FirstOrDefault(set => JsonNode.DeepEquals(TemplateOf(set), deployment.At("spec", "template"))) ?? Add(deployment, sets);
        sets = SetsOf(deployment);
        Number(deployment, current, sets);
        Scale(deployment, current.Name(), sets);
        Clean(deployment, current.Name());
        scope.SetStatus(Scope.Deployments, scope.Store.Find(Scope.Deployments, deployment.Space(), deployment.Name())!, Status(deployment, current.Name()));
    }

    private List<JsonObject> SetsOf(JsonObject deployment) =>
        [.. scope.Store.All(Scope.ReplicaSets, deployment.Space()).Where(set => set.Owner().Text("uid") == deployment.Uid())];

    private JsonObject Add(JsonObject deployment, List<JsonObject> others)
    {
        var template = deployment.At("spec", "template")!.AsObject().Copy();
        var hash = Hash(template.ToJsonString());
        template.Map("metadata").Map("labels")[HashLabel] = hash;
        var selector = deployment.At("spec", "selector")!.AsObject().Copy();
        selector.Map("matchLabels")[HashLabel] = hash;
        return scope.Store.Add(Scope.ReplicaSets, new JsonObject
        {
            ["metadata"] = new JsonObject
            {
                ["name"] = $"{deployment.Name()}-{hash}",
                ["namespace"] = deployment.Space(),
                ["labels"] = template.At("metadata", "labels")!.DeepClone(),
                ["ownerReferences"] = Scope.OwnerOf(deployment),
                ["annotations"] = new JsonObject { [Revision] = NextRevision(others).ToString(CultureInfo.InvariantCulture) },
            },
            ["spec"] = new JsonObject { ["replicas"] = 0, ["selector"] = selector, ["template"] = template },
            ["status"] = new JsonObject { ["replicas"] = 0 },
        });
    }

    /// <summary>The current template always has the greatest number; an old one that comes back gets a new one.</summary>
    private void Number(JsonObject deployment, JsonObject current, List<JsonObject> sets)
    {
        var others = sets.Where(set => set.Name() != current.Name()).ToList();
        var own = RevisionOf(current);
        if (others.Count > 0 && own < NextRevision(others))
        {
            own = NextRevision(others);
            var renumbered = scope.Store.Find(Scope.ReplicaSets, current.Space(), current.Name())!.Copy();
            renumbered.Map("metadata").Map("annotations")[Revision] = own.ToString(CultureInfo.InvariantCulture);
            scope.Store.Set(Scope.ReplicaSets, renumbered);
        }

        var text = own.ToString(CultureInfo.InvariantCulture);
        if (deployment.Text("metadata", "annotations", Revision) != text)
        {
            var told = scope.Store.Find(Scope.Deployments, deployment.Space(), deployment.Name())!.Copy();
            told.Map("metadata").Map("annotations")[Revision] = text;
            scope.Store.Set(Scope.Deployments, told);
        }
    }

    private void Scale(JsonObject deployment, string current, List<JsonObject> sets)
    {
        var wanted = deployment.Number("spec", "replicas") ?? 1;
        var surge = Share(deployment.At("spec", "strategy", "rollingUpdate", "maxSurge"), wanted, roundUp: true);
        var lacking = Share(deployment.At("spec", "strategy", "rollingUpdate", "maxUnavailable"), wanted, roundUp: false);
        var total = sets.Sum(set => set.Number("spec", "replicas") ?? 0);
        var own = sets.First(set => set.Name() == current);
        var size = own.Number("spec", "replicas") ?? 0;
        if (size > wanted)
            Resize(own, wanted);
        else if (size < wanted && total < wanted + surge)
            Resize(own, Math.Min(wanted, size + (wanted + surge - total)));
        // Old pods that are not ready serve nobody and go first; of the others as many as may lack.
        var available = sets.Sum(set => Available(set, deployment));
        foreach (var old in sets.Where(set => set.Name() != current).OrderBy(set => RevisionOf(set)))
        {
            var has = old.Number("spec", "replicas") ?? 0;
            var broken = Math.Max(0, has - Available(old, deployment));
            var mayGo = Math.Max(0, available - Math.Max(0, wanted - lacking));
            var going = Math.Min(has, broken + Math.Min(has - broken, mayGo));
            if (going > 0)
            {
                available -= Math.Max(0, going - broken);
                Resize(old, has - going);
            }
        }
    }

    private void Resize(JsonObject set, int replicas)
    {
        var resized = scope.Store.Find(Scope.ReplicaSets, set.Space(), set.Name())!.Copy();
        resized.Map("spec")["replicas"] = replicas;
        scope.Store.Set(Scope.ReplicaSets, resized);
    }

    private void Clean(JsonObject deployment, string current)
    {
        var old = SetsOf(deployment).Where(set => set.Name() != current && set.Number("spec", "replicas") == 0 && scope.PodsOf(set).Count == 0).OrderByDescending(RevisionOf).ToList();
        foreach (var set in old.Skip(deployment.Number("spec", "revisionHistoryLimit") ?? 10))
            scope.Store.Remove(Scope.ReplicaSets, set);
    }

    private JsonObject Status(JsonObject deployment, string current)
    {
        var live = scope.Store.Find(Scope.Deployments, deployment.Space(), deployment.Name())!;
        var sets = SetsOf(deployment);
        var status = (live["status"] as JsonObject)?.Copy() ?? [];
        var wanted = live.Number("spec", "replicas") ?? 1;
        var all = sets.Sum(set => scope.PodsOf(set).Count(pod => !Scope.IsEnding(pod)));
        var updated = sets.Where(set => set.Name() == current).Sum(set => scope.PodsOf(set).Count(pod => !Scope.IsEnding(pod)));
        var ready = sets.Sum(set => scope.PodsOf(set).Count(Scope.IsReady));
        var available = sets.Sum(set => Available(set, deployment));
        var progressed = status.Number("updatedReplicas") != updated || status.Number("availableReplicas") != available || status.Number("observedGeneration") != live.Number("metadata", "generation");
        status["observedGeneration"] = live.Number("metadata", "generation");
        (status["replicas"], status["updatedReplicas"], status["readyReplicas"], status["availableReplicas"]) = (all, updated, ready, available);
        status["unavailableReplicas"] = Math.Max(0, Math.Max(all, wanted) - available);
        var enough = available >= wanted - Share(live.At("spec", "strategy", "rollingUpdate", "maxUnavailable"), wanted, roundUp: false);
        Json.SetCondition(status, "Available", enough, enough ? "MinimumReplicasAvailable" : "MinimumReplicasUnavailable", enough ? "Deployment has minimum availability." : "Deployment does not have minimum availability.", scope.Now);
        var own = sets.First(set => set.Name() == current);
        if (Scope.Condition(own, "ReplicaFailure") == "True")
        {
            var failure = (own.At("status", "conditions") as JsonArray)!.OfType<JsonObject>().First(condition => condition.Text("type") == "ReplicaFailure");
            Json.SetCondition(status, "ReplicaFailure", true, failure.Text("reason")!, failure.Text("message")!, scope.Now);
        }
        else
        {
            Json.RemoveCondition(status, "ReplicaFailure");
        }

        Progress(status, live, own, updated == wanted && all == wanted && available == wanted, progressed);
        return status;
    }

    private void Progress(JsonObject status, JsonObject live, JsonObject own, bool isComplete, bool progressed)
    {
        var old = (status["conditions"] as JsonArray)?.OfType<JsonObject>().FirstOrDefault(condition => condition.Text("type") == "Progressing");
        var since = progressed || old.Text("lastUpdateTime") is not { } text ? scope.Now : DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
        var late = !isComplete && scope.Now - since > TimeSpan.FromSeconds(live.Number("spec", "progressDeadlineSeconds") ?? 600);
        if (late)
            Json.SetCondition(status, "Progressing", false, "ProgressDeadlineExceeded", $"ReplicaSet \"{own.Name()}\" has timed out progressing.", scope.Now);
        else if (isComplete)
            Json.SetCondition(status, "Progressing", true, "NewReplicaSetAvailable", $"ReplicaSet \"{own.Name()}\" has successfully progressed.", scope.Now);
        else
            Json.SetCondition(status, "Progressing", true, "ReplicaSetUpdated", $"ReplicaSet \"{own.Name()}\" is progressing.", scope.Now);
        (status["conditions"] as JsonArray)!.OfType<JsonObject>().First(condition => condition.Text("type") == "Progressing")["lastUpdateTime"] = Json.Time(since);
    }

    private int Available(JsonObject set, JsonObject deployment)
    {
        var least = TimeSpan.FromSeconds(deployment.Number("spec", "minReadySeconds") ?? 0);
        return scope.PodsOf(set).Count(pod => Scope.IsReady(pod) && scope.Now - ReadySince(pod) >= least);
    }

    private static DateTimeOffset ReadySince(JsonObject pod) => DateTimeOffset.Parse(
        (pod.At("status", "conditions") as JsonArray)!.OfType<JsonObject>().First(condition => condition.Text("type") == "Ready").Text("lastTransitionTime")!, CultureInfo.InvariantCulture);

    private static JsonObject TemplateOf(JsonObject set)
    {
        var template = set.At("spec", "template")!.AsObject().Copy();
        template.Map("metadata").Map("labels").Remove(HashLabel);
        return template;
    }

    private static int RevisionOf(JsonObject set) => int.TryParse(set.Text("metadata", "annotations", Revision), CultureInfo.InvariantCulture, out var number) ? number : 0;

    private static int NextRevision(IEnumerable<JsonObject> sets) => sets.Select(RevisionOf).DefaultIfEmpty(0).Max() + 1;

    private static int Share(JsonNode? value, int of, bool roundUp) => value switch
    {
        JsonValue number when number.TryGetValue<int>(out var whole) => whole,
        JsonValue text when text.TryGetValue<string>(out var percent) && percent.EndsWith('%') =>
            (int)(roundUp ? Math.Ceiling(of * double.Parse(percent[..^1], CultureInfo.InvariantCulture) / 100) : Math.Floor(of * double.Parse(percent[..^1], CultureInfo.InvariantCulture) / 100)),
        _ => roundUp ? 1 : 0,
    };

    private static string Hash(string text)
    {
        var hash = Encoding.UTF8.GetBytes(text).Aggregate(2166136261u, (sum, part) => unchecked((sum ^ part) * 16777619));
        // Letters and digits that form no words, as the real hashes do.
        const string safe = "bcdfghjklmnpqrstvwxz2456789";
        return string.Concat(Enumerable.Range(0, 8).Select(place => safe[(int)((hash >> (place * 3)) % safe.Length)]));
    }
}
