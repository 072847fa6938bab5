using System.Text.Json.Nodes;
using WasmWizard.Delivery.Kubernetes.Simulator.Objects;

namespace WasmWizard.Delivery.Kubernetes.Simulator.Http;

/// <summary>Label and field selectors as they are written in a query.</summary>
internal static class Selectors
{
    public static Func<JsonObject, bool> Of(string? labels, string? fields)
    {
        var wanted = Split(labels).Select(Label).Concat(Split(fields).Select(Field)).ToList();
        return whole => wanted.All(holds => holds(whole));
    }

    private static Func<JsonObject, bool> Label(string term)
    {
        if (term.Contains(" in ", StringComparison.Ordinal) || term.Contains(" notin ", StringComparison.Ordinal))
        {
            var isNot = term.Contains(" notin ", StringComparison.Ordinal);
            var key = term[..term.IndexOf(' ', StringComparison.Ordinal)];
            var values = term[(term.IndexOf('(', StringComparison.Ordinal) + 1)..term.LastIndexOf(')')].Split(',', StringSplitOptions.TrimEntries).ToHashSet();
            return whole => whole.Labels().Text(key) is { } value ? values.Contains(value) != isNot : isNot;
        }

        if (term.Contains("!=", StringComparison.Ordinal))
            return whole => whole.Labels().Text(term[..term.IndexOf("!=", StringComparison.Ordinal)].Trim()) != term[(term.IndexOf("!=", StringComparison.Ordinal) + 2)..].Trim();
        if (term.Contains('=', StringComparison.Ordinal))
            return whole => whole.Labels().Text(term[..term.IndexOf('=', StringComparison.Ordinal)].Trim()) == term[(term.LastIndexOf('=') + 1)..].Trim();
        return term.StartsWith('!') ? whole => !whole.Labels().ContainsKey(term[1..]) : whole => whole.Labels().ContainsKey(term);
    }

    private static Func<JsonObject, bool> Field(string term)
    {
        var isNot = term.Contains("!=", StringComparison.Ordinal);
        var path = term[..term.IndexOf(isNot ? "!=" : "=", StringComparison.Ordinal)].Split('.');
        var value = term[(term.LastIndexOf('=') + 1)..];
        return whole => ((whole.Text(path) ?? "") == value) != isNot;
    }

    /// <summary>At commas that are not inside brackets.</summary>
    private static IEnumerable<string> Split(string? selector)
    {
        if (string.IsNullOrEmpty(selector))
            yield break;
        var (start, depth) = (0, 0);
        for (var i = 0; i <= selector.Length; i++)
        {
            if (i == selector.Length || (selector[i] == ',' && depth == 0))
            {
                yield return selector[start..i].Trim();
                start = i + 1;
            }
            else
            {
                depth += selector[i] switch { '(' => 1, ')' => -1, _ => 0 };
            }
        }
    }
}
