using System.Text.Json.Nodes;

namespace WasmWizard.Delivery.Kubernetes.Api;

/// <summary>
/// What an object would be after its manifest was applied. Applying leaves alone what others added, which is right for what stands beside ours
/// (an autoscaler's number, a controller's annotation) and wrong for pods: a variable or a container that nobody recorded would outlive every
/// release and every rollback. So pods are those of the manifest and nothing else.
/// </summary>
/// <param name="Merged">The server's word on applying the manifest.</param>
/// <param name="Template">The server's word on the pods of the manifest alone, with its defaults; null where there are none.</param>
internal sealed record WantedObject(JsonObject Merged, JsonObject? Template)
{
    /// <summary>Applying the manifest would leave something in the pods that it does not name.</summary>
    public bool HasForeign => Template is not null && !JsonNode.DeepEquals(Merged["spec"]!["template"], Template);

    public JsonObject Whole
    {
        get
        {
            var whole = Merged.DeepClone().AsObject();
            if (Template is not null)
                whole["spec"]!["template"] = Template.DeepClone();
            return whole;
        }
    }
}
