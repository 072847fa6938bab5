namespace WasmWizard.Delivery.Plans;

/// <summary>
/// <c>Preview --json</c>: <c>hash steps[]{id,kind,object,change}</c>. Only steps with something left to do are listed, so an
/// environment that is as wanted gives <c>"steps":[]</c>. Example of a step:
/// <code>{"id":"take-over","kind":"TakeOver","object":"front 127.0.0.1:8095","change":"route from 3f2a91c0d4e5 to 77ab01ffe321"}</code>
/// </summary>
public static class PlanJson
{
    public static string Write(Plan plan) => JsonText.Write(json =>
    {
        json.WriteString("hash", plan.Hash);
        json.WriteStartArray("steps");
        foreach (var step in plan.Steps.Where(step => !step.Holds))
        {
            json.WriteStartObject();
            json.WriteString("id", step.Id);
            json.WriteString("kind", step.Kind.ToString());
            json.WriteString("object", step.Subject);
            json.WriteString("change", step.Change);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    });
}
