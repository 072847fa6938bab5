using System.Text.Json.Nodes;
using WasmWizard.Delivery.Kubernetes.Simulator.Controllers;
using WasmWizard.Delivery.Kubernetes.Simulator.Objects;

namespace WasmWizard.Delivery.Kubernetes.Simulator.Nodes;

/// <summary>Finds pods a node, pulls, mounts, starts, probes, restarts and ends them, as their image behaves.</summary>
internal sealed class Kubelet(Scope scope, Func<string, SimulatedImage> images)
{
    private static readonly Resource Nodes = Scope.Resource("Node");
    private static readonly Resource Secrets = Scope.Resource("Secret");
    private static readonly Resource ConfigMaps = Scope.Resource("ConfigMap");

    private static readonly TimeSpan PullTime = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Drain = TimeSpan.FromSeconds(6);

    private readonly Dictionary<string, PodRun> _runs = [];

    /// <summary>A command of the service that ended well: its container.</summary>
    public event Action<JsonObject>? CommandDone;

    public PodRun RunOf(JsonObject pod)
    {
        if (!_runs.TryGetValue(pod.Uid(), out var run))
            _runs[pod.Uid()] = run = new PodRun();
        return run;
    }

    public void Run()
    {
        foreach (var pod in scope.Store.All(Scope.Pods).ToList())
            Run(pod, RunOf(pod));
    }

    private void Run(JsonObject pod, PodRun run)
    {
        if (Scope.IsEnding(pod))
        {
            End(pod);
            return;
        }

        if (pod.Text("status", "phase") is "Succeeded" or "Failed")
            return;
        var status = (pod["status"] as JsonObject)?.Copy() ?? [];
        if (Schedule(pod, run, status) && Prepare(pod, run, status))
            Live(pod, run, status);
        if (scope.Store.Find(Scope.Pods, pod.Space(), pod.Name()) is { } live)
            scope.SetStatus(Scope.Pods, live, status);
    }

    private void End(JsonObject pod)
    {
        var since = DateTimeOffset.Parse(pod.Text("metadata", "deletionTimestamp")!, System.Globalization.CultureInfo.InvariantCulture);
        var drains = RunOf(pod).Started is not null && RunOf(pod).Again is null ? Drain : TimeSpan.Zero;
        var grace = TimeSpan.FromSeconds(pod.Number("metadata", "deletionGracePeriodSeconds") ?? 30);
        if (scope.Now - since >= (drains < grace ? drains : grace))
        {
            scope.Store.Remove(Scope.Pods, pod);
            _runs.Remove(pod.Uid());
        }
    }

    private bool Schedule(JsonObject pod, PodRun run, JsonObject status)
    {
        if (run.Scheduled is not null)
            return true;
        var asked = Quantity.Requested(pod.At("spec")!.AsObject(), "cpu");
        var nodes = scope.Store.All(Nodes).Where(node => !node.Is("spec", "unschedulable")).ToList();
        var fitting = nodes.Where(node => Free(node) >= asked).OrderBy(node => PodsOn(node).Count()).FirstOrDefault();
        if (fitting is null)
        {
            var message = $"0/{nodes.Count} nodes are available: {nodes.Count} Insufficient cpu.";
            Json.SetCondition(status, "PodScheduled", false, "Unschedulable", message, scope.Now);
            scope.Tell(pod, "Warning", "FailedScheduling", message);
            return false;
        }

        var placed = pod.Copy();
        placed.Map("spec")["nodeName"] = fitting.Name();
        scope.Store.Set(Scope.Pods, placed);
        run.Scheduled = scope.Now;
        Json.SetCondition(status, "PodScheduled", true, "", "", scope.Now);
        return true;
    }

    private IEnumerable<JsonObject> PodsOn(JsonObject node) =>
        scope.Store.All(Scope.Pods).Where(pod => pod.Text("spec", "nodeName") == node.Name() && pod.Text("status", "phase") is not ("Succeeded" or "Failed"));

    private double Free(JsonObject node) =>
        Quantity.Parse(node.Text("status", "allocatable", "cpu") ?? "4") - PodsOn(node).Sum(pod => Quantity.Requested(pod.At("spec")!.AsObject(), "cpu"));

    /// <summary>Volumes, variables and the image; true when the container can be started.</summary>
    private bool Prepare(JsonObject pod, PodRun run, JsonObject status)
    {
        if (run.Pulled is not null)
            return true;
        foreach (var volume in (pod.At("spec", "volumes") as JsonArray)?.OfType<JsonObject>() ?? [])
        {
            if (volume.Text("secret", "secretName") is { } secret && !volume.Is("secret", "optional") && scope.Store.Find(Secrets, pod.Space(), secret) is null)
            {
                scope.Tell(pod, "Warning", "FailedMount", $"MountVolume.SetUp failed for volume \"{volume.Text("name")}\" : secret \"{secret}\" not found");
                return Wait(pod, status, run, "ContainerCreating", "");
            }
        }

        var container = ContainerOf(pod);
        foreach (var source in (container["envFrom"] as JsonArray)?.OfType<JsonObject>() ?? [])
        {
            if (source.Text("configMapRef", "name") is { } map && scope.Store.Find(ConfigMaps, pod.Space(), map) is null)
                return Wait(pod, status, run, "CreateContainerConfigError", $"configmap \"{map}\" not found");
        }

        if (scope.Now - run.Scheduled < PullTime)
            return Wait(pod, status, run, "ContainerCreating", "");
        var image = container.Text("image") ?? "";
        if (images(image).IsMissing)
        {
            run.PullAttempts++;
            scope.Tell(pod, "Warning", "Failed", $"Failed to pull image \"{image}\": not found");
            return Wait(pod, status, run, run.PullAttempts <= 2 ? "ErrImagePull" : "ImagePullBackOff", run.PullAttempts <= 2 ? $"failed to pull and unpack image \"{image}\": not found" : $"Back-off pulling image \"{image}\"");
        }

        run.Pulled = scope.Now;
        return true;
    }

    private static bool Wait(JsonObject pod, JsonObject status, PodRun run, string reason, string message)
    {
        status["phase"] = "Pending";
        status["containerStatuses"] = new JsonArray(ContainerStatus(pod, run, new JsonObject { ["waiting"] = new JsonObject { ["reason"] = reason, ["message"] = message } }, isReady: false, isStarted: false, last: null));
        return false;
    }

    private void Live(JsonObject pod, PodRun run, JsonObject status)
    {
        var container = ContainerOf(pod);
        var image = images(container.Text("image") ?? "");
        if (run.Again is { } again && scope.Now < again)
            return;
        if (run.Started is null || run.Again is not null)
            Start(run, image);
        if (pod.Text("spec", "restartPolicy") != "Always")
        {
            Finish(pod, run, status, image);
            return;
        }

        var age = scope.Now - run.Started!.Value;
        if (image.CrashesAfter is { } crash && age >= crash)
        {
            Crash(pod, run, status);
            return;
        }

        var isStarted = age >= image.StartsWithin;
        var isReady = isStarted && image.ReadyWithin is { } ready && age >= image.StartsWithin + ready;
        if (!isReady)
            Probe(pod, run, container, isStarted, age);
        status["phase"] = "Running";
        status["podIP"] = "10.244.0.1";
        status["startTime"] ??= Json.Time(run.Started.Value);
        var last = run.Restarts > 0 ? Ended(run, 139, "Error") : null;
        status["containerStatuses"] = new JsonArray(ContainerStatus(pod, run, new JsonObject { ["running"] = new JsonObject { ["startedAt"] = Json.Time(run.Started.Value) } }, isReady, isStarted, last));
        Json.SetCondition(status, "ContainersReady", isReady, isReady ? "" : "ContainersNotReady", "", scope.Now);
        Json.SetCondition(status, "Ready", isReady, isReady ? "" : "ContainersNotReady", "", scope.Now);
    }

    private void Start(PodRun run, SimulatedImage image)
    {
        run.Started = scope.Now;
        run.Again = null;
        run.LastProbe = null;
        run.Log.AddRange(image.Says);
    }

    private void Crash(JsonObject pod, PodRun run, JsonObject status)
    {
        run.Restarts++;
        run.Again = scope.Now + TimeSpan.FromSeconds(10 * Math.Pow(2, Math.Min(run.Restarts - 1, 5)));
        run.PreviousLog.Clear();
        run.PreviousLog.AddRange(run.Log);
        run.Log.Clear();
        status["phase"] = "Running";
        var waiting = new JsonObject { ["waiting"] = new JsonObject { ["reason"] = "CrashLoopBackOff", ["message"] = $"back-off restarting failed container={ContainerOf(pod).Text("name")} pod={pod.Name()}" } };
        status["containerStatuses"] = new JsonArray(ContainerStatus(pod, run, waiting, isReady: false, isStarted: false, Ended(run, 139, "Error")));
        Json.SetCondition(status, "ContainersReady", false, "ContainersNotReady", "", scope.Now);
        Json.SetCondition(status, "Ready", false, "ContainersNotReady", "", scope.Now);
        scope.Tell(pod, "Warning", "BackOff", "Back-off restarting failed container");
    }

    private void Probe(JsonObject pod, PodRun run, JsonObject container, bool isStarted, TimeSpan age)
    {
        var (name, path, word) = isStarted || container["startupProbe"] is null ? ("readinessProbe", "/health/ready", "Readiness") : ("startupProbe", "/health/live", "Startup");
        if (container[name] is not JsonObject probe)
            return;
        var first = TimeSpan.FromSeconds(probe.Number("initialDelaySeconds") ?? 0);
        var period = TimeSpan.FromSeconds(probe.Number("periodSeconds") ?? 10);
        if (age < first || (run.LastProbe is { } last && scope.Now - last < period))
            return;
        run.LastProbe = scope.Now;
        var why = isStarted ? "HTTP probe failed with statuscode: 503" : $"Get \"http://10.244.0.1:8080{path}\": dial tcp 10.244.0.1:8080: connect: connection refused";
        scope.Tell(pod, "Warning", "Unhealthy", $"{word} probe failed: {why}");
    }

    private void Finish(JsonObject pod, PodRun run, JsonObject status, SimulatedImage image)
    {
        var container = ContainerOf(pod);
        var command = string.Join(' ', (container["args"] as JsonArray ?? []).Select(argument => argument!.GetValue<string>()));
        if (scope.Now - run.Started!.Value < TimeSpan.FromSeconds(1))
        {
            status["phase"] = "Running";
            return;
        }

        var fails = image.CrashesAfter is not null || (image.FailsToMigrate && command == "migrate");
        run.Log.Add(fails ? $"{command} failed: a column exists already" : $"{command} done");
        if (!fails)
            CommandDone?.Invoke(pod);
        status["phase"] = fails ? "Failed" : "Succeeded";
        status["containerStatuses"] = new JsonArray(ContainerStatus(pod, run, new JsonObject { ["terminated"] = Ended(run, fails ? 1 : 0, fails ? "Error" : "Completed") }, isReady: false, isStarted: false, last: null));
    }

    private JsonObject Ended(PodRun run, int exitCode, string reason) => new()
    {
        ["exitCode"] = exitCode,
        ["reason"] = reason,
        ["startedAt"] = Json.Time(run.Started ?? scope.Now),
        ["finishedAt"] = Json.Time(scope.Now),
    };

    private static JsonObject ContainerStatus(JsonObject pod, PodRun run, JsonObject state, bool isReady, bool isStarted, JsonObject? last) => new()
    {
        ["name"] = ContainerOf(pod).Text("name"),
        ["image"] = ContainerOf(pod).Text("image"),
        ["imageID"] = "",
        ["ready"] = isReady,
        ["started"] = isStarted,
        ["restartCount"] = run.Restarts,
        ["state"] = state,
        ["lastState"] = last is null ? new JsonObject() : new JsonObject { ["terminated"] = last },
    };

    private static JsonObject ContainerOf(JsonObject pod) => pod.At("spec", "containers")!.AsArray()[0]!.AsObject();
}
