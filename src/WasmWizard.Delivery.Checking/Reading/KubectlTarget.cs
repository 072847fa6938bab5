using System.Text.RegularExpressions;
using WasmWizard.Delivery.Checking.Shell;

namespace WasmWizard.Delivery.Checking.Reading;

/// <summary>The workload that a kubectl command is about.</summary>
/// <param name="Kind">As manifests write it.</param>
/// <param name="Name">As the command names it.</param>
/// <param name="Container">Whose image is set; null for other commands.</param>
public sealed record KubectlTarget(string Kind, string Name, string? Container)
{
    private static readonly Dictionary<string, string> Kinds = new()
    {
        ["deployment"] = "Deployment",
        ["deployments"] = "Deployment",
        ["deploy"] = "Deployment",
        ["deployment.apps"] = "Deployment",
        ["statefulset"] = "StatefulSet",
        ["statefulsets"] = "StatefulSet",
        ["sts"] = "StatefulSet",
        ["daemonset"] = "DaemonSet",
        ["ds"] = "DaemonSet",
    };

    private static readonly HashSet<string> Verbs = ["rollout", "set", "scale", "patch", "autoscale", "exec", "logs", "wait"];

    /// <summary>The namespace that the command gives; null without one.</summary>
    public string? Namespace { get; private init; }

    /// <summary>Null when the command names no workload, or not in plain text.</summary>
    public static KubectlTarget? Of(ShellCommand command)
    {
        ArgumentNullException.ThrowIfNull(command);
        var words = command.Program;
        if (words is not ["kubectl" or "oc" or "k", ..] || words.Any(word => word is "create" or "delete" or "--ignore-not-found"))
            return null;
        if (!words.Any(Verbs.Contains))
            return null;
        for (var at = 1; at < words.Count; at++)
        {
            var (kind, name) = words[at].Split('/') is [var left, var right] ? (left, right) : (words[at], at + 1 < words.Count ? words[at + 1] : "");
            if (!Kinds.TryGetValue(kind, out var workload) || !IsName(name))
                continue;
            var image = words.Contains("image") ? words.Skip(at + 1).FirstOrDefault(word => word.Contains('=', StringComparison.Ordinal) && !word.StartsWith('-')) : null;
            return new(workload, name, image?.Split('=')[0] is { } container && IsName(container) ? container : null) { Namespace = NamespaceOf(words) };
        }

        return null;
    }

    private static string? NamespaceOf(IReadOnlyList<string> words)
    {
        for (var at = 1; at < words.Count; at++)
        {
            if (words[at] is "-n" or "--namespace" && at + 1 < words.Count)
                return words[at + 1];
            if (words[at].StartsWith("--namespace=", StringComparison.Ordinal))
                return words[at]["--namespace=".Length..];
        }

        return null;
    }

    private static bool IsName(string name) => name.Length > 0 && Regex.IsMatch(name, @"\A[a-z0-9]([a-z0-9.-]*[a-z0-9])?\z");
}
