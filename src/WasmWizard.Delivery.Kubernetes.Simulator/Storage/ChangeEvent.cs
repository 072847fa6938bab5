using System.Text.Json.Nodes;
using WasmWizard.Delivery.Kubernetes.Simulator.Objects;

namespace WasmWizard.Delivery.Kubernetes.Simulator.Storage;

/// <summary>A change as watchers hear of it.</summary>
/// <param name="Type">ADDED, MODIFIED or DELETED.</param>
internal sealed record ChangeEvent(long Version, string Type, Resource Resource, JsonObject Object);
