using System.Text;
using System.Text.Json.Nodes;
using WasmWizard.Delivery.Kubernetes.Simulator.Controllers;
using WasmWizard.Delivery.Kubernetes.Simulator.Nodes;
using WasmWizard.Delivery.Kubernetes.Simulator.Objects;
using WasmWizard.Delivery.Kubernetes.Simulator.Storage;

namespace WasmWizard.Delivery.Kubernetes.Simulator;

/// <summary>
/// A cluster in memory: what its API stores, what its controllers and nodes make of it, and time that passes when it is told to. Equal requests
/// at equal times give equal clusters.
/// </summary>
public sealed class SimulatedCluster
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Unseen = TimeSpan.FromMilliseconds(1);

    private readonly Dictionary<string, SimulatedImage> _images = [];
    private readonly Scope _scope;
    private readonly DeploymentController _deployments;
    private readonly ReplicaSetController _sets;
    private readonly JobController _jobs;
    private readonly Housekeeping _housekeeping;

    public SimulatedCluster(DateTimeOffset start, int nodes = 3, bool knowsOperators = true)
    {
        Clock = new SimulatedClock(start);
        Store = new ObjectStore(Clock);
        Resources = knowsOperators ? [.. Resource.BuiltIn, .. Resource.OfOperators] : Resource.BuiltIn;
        _scope = new Scope(Store, Clock);
        Kubelet = new Kubelet(_scope, ImageOf);
        Service = new SimulatedService(_scope, Kubelet, ImageOf);
        Kubelet.CommandDone += Hear;
        (_deployments, _sets, _jobs, _housekeeping) = (new(_scope), new(_scope), new(_scope), new(_scope));
        foreach (var space in new[] { "default", "kube-system" })
            AddNamespace(space);
        for (var node = 1; node <= nodes; node++)
            AddNode($"node-{node}");
    }

    public SimulatedClock Clock { get; }

    /// <summary>Held by whoever looks at or changes the cluster.</summary>
    public Lock Gate { get; } = new();

    /// <summary>Kinds that it serves.</summary>
    public IReadOnlyList<Resource> Resources { get; }

    /// <summary>Called after each step of time, inside the gate: the place to assert what must hold at every moment.</summary>
    public Action Watch { get; set; } = () => { };

    /// <summary>Commands of the service that ran to their end, in order.</summary>
    public List<string> Commands { get; } = [];

    internal ObjectStore Store { get; }

    internal Kubelet Kubelet { get; }

    internal SimulatedService Service { get; }

    /// <summary>Requests of users in a second.</summary>
    public double Traffic
    {
        get => Service.RequestsPerSecond;
        set => Service.RequestsPerSecond = value;
    }

    /// <summary>Requests of users so far: answered, and those that no pod was there for.</summary>
    public (double Answered, double Unanswered) Users => (Service.Answered, Service.Unanswered);

    /// <summary>Says how an image behaves; one that nothing is said of works.</summary>
    public void Image(string image, SimulatedImage behaviour)
    {
        lock (Gate)
            _images[image] = behaviour;
    }

    /// <summary>Lets time pass; controllers and nodes work as it does.</summary>
    public void Advance(TimeSpan time)
    {
        for (var left = time; left > TimeSpan.Zero; left -= Step)
        {
            var step = left < Step ? left : Step;
            Clock.Advance(step);
            lock (Gate)
            {
                Work();
                Service.Pass(step);
                Watch();
            }
        }
    }

    /// <summary>How a client waits: by letting the cluster's time pass.</summary>
    public Task Wait(TimeSpan time, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        Advance(time < Unseen ? Unseen : time);
        return Task.CompletedTask;
    }

    /// <summary>Ready pods whose labels hold all of these.</summary>
    public int ReadyPods(params (string Label, string Value)[] labels)
    {
        lock (Gate)
            return Store.All(Scope.Pods).Count(pod => Scope.IsReady(pod) && labels.All(label => pod.Labels().Text(label.Label) == label.Value));
    }

    /// <summary>An object as it is; null when there is none.</summary>
    public JsonObject? Find(string kind, string space, string name)
    {
        lock (Gate)
            return Store.Find(Kind(kind), space, name)?.Copy();
    }

    public IReadOnlyList<JsonObject> All(string kind, string? space = null)
    {
        lock (Gate)
            return [.. Store.All(Kind(kind), space).Select(whole => whole.Copy())];
    }

    /// <summary>Puts an object there past the API.</summary>
    public void Put(string kind, JsonObject whole)
    {
        lock (Gate)
        {
            Defaults.Fill(kind, whole);
            Store.Add(Kind(kind), whole);
        }
    }

    /// <summary>Changes an object past the API: what a person or another program did.</summary>
    public void Change(string kind, string space, string name, Action<JsonObject> change)
    {
        lock (Gate)
        {
            var resource = Kind(kind);
            var live = Store.Find(resource, space, name)!;
            var changed = live.Copy();
            change(changed);
            if (resource.CountsGenerations && !JsonNode.DeepEquals(live["spec"], changed["spec"]))
                changed.Map("metadata")["generation"] = (live.Number("metadata", "generation") ?? 1) + 1;
            FieldOwners.Update(resource, live, changed, "somebody", "", Clock.GetUtcNow());
            Store.Set(resource, changed);
        }
    }

    public void AddNode(string name, string processors = "4")
    {
        lock (Gate)
        {
            Store.Add(Kind("Node"), new JsonObject
            {
                ["metadata"] = new JsonObject { ["name"] = name },
                ["status"] = new JsonObject { ["allocatable"] = new JsonObject { ["cpu"] = processors, ["memory"] = "16Gi" } },
            });
        }
    }

    /// <summary>Forgets all past changes: every watch is told that it is too old.</summary>
    public void Compact()
    {
        lock (Gate)
            Store.Compact();
    }

    internal IReadOnlyList<string> LogOf(JsonObject pod, bool previous) => previous ? Kubelet.RunOf(pod).PreviousLog : Kubelet.RunOf(pod).Log;

    internal void Work()
    {
        _housekeeping.Run();
        _deployments.Run();
        _sets.Run();
        _jobs.Run();
        Kubelet.Run();
    }

    private void AddNamespace(string name)
    {
        var space = new JsonObject { ["metadata"] = new JsonObject { ["name"] = name }, ["status"] = new JsonObject { ["phase"] = "Active" } };
        Defaults.Fill("Namespace", space);
        Store.Add(Kind("Namespace"), space);
    }

    private Resource Kind(string kind) => Resources.First(resource => resource.Kind == kind);

    private SimulatedImage ImageOf(string image) => _images.GetValueOrDefault(image) ?? new SimulatedImage();

    private void Hear(JsonObject pod)
    {
        var container = pod.At("spec", "containers")!.AsArray()[0]!;
        var command = string.Join(' ', (container["args"] as JsonArray ?? []).Select(argument => argument!.GetValue<string>()));
        Commands.Add(command);
        if (command.StartsWith("admin register-key", StringComparison.Ordinal)
            && Store.Find(Kind("Secret"), pod.Space(), "wasm-wizard-probe-key").Text("data", "key") is { } key)
        {
            Service.Register(Encoding.UTF8.GetString(Convert.FromBase64String(key)));
        }
    }
}
