using System.Globalization;
using System.Text;

namespace WasmWizard.BuildEngine;

/// <summary>The plan in its order, with why each target is where it is.</summary>
internal static class PlanText
{
    public static string Of(IReadOnlyCollection<ExecutableTarget> plan, Palette palette)
    {
        var text = new StringBuilder();
        var digits = plan.Count.ToString(CultureInfo.InvariantCulture).Length;
        var number = 0;
        foreach (var target in plan)
        {
            number++;
            text.Append(number.ToString(CultureInfo.InvariantCulture).PadLeft(digits + 1)).Append("  ").Append(palette.Name(target.Name));
            foreach (var reason in Reasons(target, plan))
                text.Append('\n').Append(' ', digits + 5).Append(palette.Faint(reason));
            text.Append('\n');
        }

        return text.ToString().TrimEnd('\n');
    }

    private static IEnumerable<string> Reasons(ExecutableTarget target, IReadOnlyCollection<ExecutableTarget> plan)
    {
        if (target.Invoked)
            yield return "asked for";
        else if (target.IsDefault)
            yield return "default";
        foreach (var (word, targets) in new[]
        {
            ("needs", target.ExecutionDependencies),
            ("after", target.OrderDependencies.Where(plan.Contains).ToList()),
            ("triggered by", target.TriggerDependencies.Where(plan.Contains).ToList()),
        })
            if (targets.Count > 0)
                yield return $"{word} {string.Join(", ", targets.Select(other => other.Name))}";
    }
}
