using Microsoft.AspNetCore.Http;

namespace WasmWizard.Delivery.Kubernetes.Simulator.Http;

/// <summary>A request's query; absent and empty are one.</summary>
internal sealed class Query(IQueryCollection query)
{
    public string? this[string name] => query.TryGetValue(name, out var value) && value.ToString() is { Length: > 0 } text ? text : null;
}
