using System.Text;

namespace WasmWizard.Delivery.Plans;

/// <summary>A plan as people read it before they agree: one aligned line per step, then the sum and the hash.</summary>
public static class PlanText
{
    public static string Render(Plan plan)
    {
        var text = new StringBuilder();
        var environment = plan.Environment.ToString().ToLowerInvariant();
        text.Append($"{plan.Action} on {environment}: {plan.From?.ToString() ?? "nothing"} -> {plan.To?.ToString() ?? "nothing"}\n");

        var idWidth = plan.Steps.Select(step => step.Id.Length).DefaultIfEmpty(0).Max();
        var subjectWidth = plan.Steps.Select(step => step.Subject.Length).DefaultIfEmpty(0).Max();
        foreach (var step in plan.Steps)
        {
            text.Append($"  {step.Mark} {step.Id.PadRight(idWidth)}  {step.Subject.PadRight(subjectWidth)}  {step.Change}".TrimEnd()).Append('\n');
        }

        var held = plan.Steps.Count(step => step.Holds);
        text.Append($"{plan.Steps.Count - held} to do, {held} hold already; plan {plan.Hash}\n");
        return text.ToString();
    }
}
