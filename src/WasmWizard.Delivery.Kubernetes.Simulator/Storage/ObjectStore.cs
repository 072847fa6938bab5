using System.Globalization;
using System.Text.Json.Nodes;
using WasmWizard.Delivery.Kubernetes.Simulator.Objects;

namespace WasmWizard.Delivery.Kubernetes.Simulator.Storage;

/// <summary>
/// Every object, and every change in order under one counter. Old changes are forgotten, as the real store does, so that a watcher that
/// slept for too long must list anew. Not safe for several threads: whoever uses it holds the cluster's gate.
/// </summary>
internal sealed class ObjectStore(TimeProvider time)
{
    private const int Remembered = 2000;

    private static readonly Comparer<(string Space, string Name)> Ordinal = Comparer<(string Space, string Name)>.Create((left, right) =>
        string.CompareOrdinal(left.Space, right.Space) is var order && order != 0 ? order : string.CompareOrdinal(left.Name, right.Name));

    // By kind and in order: controllers ask for all of a kind many times in each step of time.
    private readonly Dictionary<string, SortedDictionary<(string Space, string Name), JsonObject>> _objects = [];
    private readonly List<ChangeEvent> _changes = [];
    private long _version = 1;
    private long _identities;

    /// <summary>Called after each change.</summary>
    public event Action? Changed;

    public long Version => _version;

    /// <summary>The oldest version that a watch may begin after.</summary>
    public long Oldest { get; private set; }

    public JsonObject? Find(Resource resource, string space, string name) => Of(resource).GetValueOrDefault((space, name));

    /// <summary>All of a kind as they are now, in the order of namespace and name.</summary>
    public IReadOnlyList<JsonObject> All(Resource resource, string? space = null) =>
        [.. space is null ? Of(resource).Values : Of(resource).Where(pair => pair.Key.Space == space).Select(pair => pair.Value)];

    public IEnumerable<ChangeEvent> Since(long version) => _changes.Where(change => change.Version > version);

    /// <summary>Forgets all changes: every watch from before is told that it is too old.</summary>
    public void Compact()
    {
        _changes.Clear();
        Oldest = _version;
    }

    public JsonObject Add(Resource resource, JsonObject whole)
    {
        var meta = whole.Map("metadata");
        meta["uid"] = $"00000000-0000-4000-8000-{++_identities:d12}";
        meta["creationTimestamp"] = Json.Time(time.GetUtcNow());
        if (resource.CountsGenerations)
            meta["generation"] = 1;
        return Store(resource, whole, "ADDED");
    }

    public JsonObject Set(Resource resource, JsonObject whole) => Store(resource, whole, "MODIFIED");

    public void Remove(Resource resource, JsonObject whole)
    {
        if (!Of(resource).Remove((whole.Space(), whole.Name())))
            return;
        var last = whole.Copy();
        last.Map("metadata")["resourceVersion"] = (++_version).ToString(CultureInfo.InvariantCulture);
        Remember(new ChangeEvent(_version, "DELETED", resource, last));
    }

    private SortedDictionary<(string Space, string Name), JsonObject> Of(Resource resource)
    {
        if (!_objects.TryGetValue(resource.QualifiedName, out var kind))
            _objects[resource.QualifiedName] = kind = new(Ordinal);
        return kind;
    }

    private JsonObject Store(Resource resource, JsonObject whole, string type)
    {
        whole.Map("metadata")["resourceVersion"] = (++_version).ToString(CultureInfo.InvariantCulture);
        whole["apiVersion"] = resource.ApiVersion;
        whole["kind"] = resource.Kind;
        Of(resource)[(whole.Space(), whole.Name())] = whole;
        Remember(new ChangeEvent(_version, type, resource, whole.Copy()));
        return whole;
    }

    private void Remember(ChangeEvent change)
    {
        _changes.Add(change);
        if (_changes.Count > Remembered)
        {
            Oldest = _changes[_changes.Count - Remembered - 1].Version;
            _changes.RemoveRange(0, _changes.Count - Remembered);
        }

        Changed?.Invoke();
    }
}
