using System.Text.RegularExpressions;

namespace WasmWizard.Delivery.GitHub.Api;

/// <summary>A repository on the platform: <c>owner/name</c>.</summary>
public readonly partial record struct RepositoryName
{
    private RepositoryName(string owner, string name) => (Owner, Name) = (owner, name);

    public string Owner { get; }

    public string Name { get; }

    /// <summary>Understands <c>owner/name</c> and the addresses that a remote may have; false for anything else.</summary>
    public static bool TryParse(string? text, out RepositoryName repository)
    {
        var match = Shape().Match(text?.Trim() ?? "");
        repository = match.Success ? new(match.Groups["owner"].Value, match.Groups["name"].Value) : default;
        return match.Success;
    }

    public override string ToString() => $"{Owner}/{Name}";

    [GeneratedRegex(@"^(?:(?:https?|ssh)://(?:[^@/]+@)?[^/]+/|[^@/\s]+@[^:/\s]+:)?(?<owner>[A-Za-z0-9][A-Za-z0-9-]*)/(?<name>[A-Za-z0-9._-]+?)(?:\.git)?/?\z")]
    private static partial Regex Shape();
}
