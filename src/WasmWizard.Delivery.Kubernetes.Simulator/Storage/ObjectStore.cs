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

    private readonly Dictionary<(string Resource, string Space, string Name), JsonObject> _objects = [];
    private readonly List<ChangeEvent> _changes = [];
    private long _version = 1;
    private long _identities;

    /// <summary>Called after each change.</summary>
    public event Action? Changed;

    public long Version => _version;

    /// <summary>The oldest version that a watch may begin after.</summary>
    public long Oldest { get; private set; }

    public JsonObject? Find(Resource resource, string space, string name) => _objects.GetValueOrDefault((resource.QualifiedName, space, name));

    public IEnumerable<JsonObject> All(Resource resource, string? space = null) => _objects
        .Where(pair => pair.Key.Resource == resource.QualifiedName && (space is null || pair.Key.Space == space))
        .OrderBy(pair => (pair.Key.Space, pair.Key.Name), Comparer<(string Space, string Name)>.Create((left, right) =>
            string.CompareOrdinal(left.Space, right.Space) is var order && order != 0 ? order : string.CompareOrdinal(left.Name, right.Name)))
        .Select(pair => pair.Value);

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
        if (!_objects.Remove((resource.QualifiedName, whole.Space(), whole.Name())))
            return;
        var last = whole.Copy();
        last.Map("metadata")["resourceVersion"] = (++_version).ToString(CultureInfo.InvariantCulture);
        Remember(new ChangeEvent(_version, "DELETED", resource, last));
    }

    private JsonObject Store(Resource resource, JsonObject whole, string type)
    {
        whole.Map("metadata")["resourceVersion"] = (++_version).ToString(CultureInfo.InvariantCulture);
        whole["apiVersion"] = resource.ApiVersion;
        whole["kind"] = resource.Kind;
        _objects[(resource.QualifiedName, whole.Space(), whole.Name())] = whole;
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
