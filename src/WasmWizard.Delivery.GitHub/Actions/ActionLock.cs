using System.Text.Json;
using System.Text.RegularExpressions;

namespace WasmWizard.Delivery.GitHub.Actions;

/// <summary>
/// The actions that workflows may use, each at one commit:
/// <c>{"actions":[{"action":"actions/checkout","version":"v7.0.1","sha":"3d3c42e5..."}]}</c>.
/// </summary>
public sealed partial class ActionLock
{
    /// <summary>Where the lock file lives, relative to the repository's root.</summary>
    public const string Path = ".github/actions.lock.json";

    private static readonly JsonSerializerOptions Strict = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = System.Text.Json.Serialization.JsonUnmappedMemberHandling.Disallow,
    };

    private readonly Dictionary<string, PinnedAction> _actions;

    private ActionLock(Dictionary<string, PinnedAction> actions) => _actions = actions;

    public IReadOnlyCollection<PinnedAction> All => _actions.Values;

    /// <summary>The pinned form of an action, null when the lock does not hold it.</summary>
    public PinnedAction? Find(string name) => _actions.GetValueOrDefault(name);

    /// <summary>Reads the lock file.</summary>
    /// <exception cref="FormatException">It is no such file; the message lists every fault.</exception>
    public static ActionLock Parse(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        var entries = Read(json);
        var faults = entries.SelectMany(FaultsOf)
            .Concat(entries.GroupBy(entry => entry.Action).Where(same => same.Count() > 1).Select(same => $"'{same.Key}' is locked {same.Count()} times"))
            .ToList();
        return faults.Count == 0
            ? new(entries.ToDictionary(entry => entry.Action!, entry => new PinnedAction(entry.Action!, entry.Version!, entry.Sha!), StringComparer.Ordinal))
            : throw new FormatException($"{Path}: {string.Join("; ", faults)}.");
    }

    /// <summary>The lock file's text, one action a line.</summary>
    public static string Write(IEnumerable<(string Action, string Version, string Sha)> actions) =>
        $"{{\n  \"actions\": [\n{string.Join(",\n", actions.OrderBy(action => action.Action, StringComparer.Ordinal).Select(action => $"    {{ \"action\": \"{action.Action}\", \"version\": \"{action.Version}\", \"sha\": \"{action.Sha}\" }}"))}\n  ]\n}}\n";

    private static List<Entry> Read(string json)
    {
        try
        {
            return JsonSerializer.Deserialize<Document>(json, Strict)?.Actions?.Select(entry => entry ?? new Entry(null, null, null)).ToList() ?? throw new FormatException($"{Path}: holds no list \"actions\".");
        }
        catch (JsonException fault)
        {
            throw new FormatException($"{Path}: {fault.Message}", fault);
        }
    }

    private static IEnumerable<string> FaultsOf(Entry entry)
    {
        if (!Name().IsMatch(entry.Action ?? ""))
            yield return $"'{entry.Action}' is not owner/repository";
        if (!Release().IsMatch(entry.Version ?? ""))
            yield return $"'{entry.Action}' has version '{entry.Version}', required: an exact one such as v1.2.3";
        if (!Commit().IsMatch(entry.Sha ?? ""))
            yield return $"'{entry.Action}' has commit '{entry.Sha}', required: 40 lower-case hex digits";
    }

    [GeneratedRegex(@"^[A-Za-z0-9][A-Za-z0-9-]*(/[A-Za-z0-9._-]+)+\z")]
    private static partial Regex Name();

    [GeneratedRegex(@"^v\d+\.\d+\.\d+\z")]
    private static partial Regex Release();

    [GeneratedRegex(@"^[0-9a-f]{40}\z")]
    private static partial Regex Commit();

    private sealed record Document(IReadOnlyList<Entry?>? Actions);

    private sealed record Entry(string? Action, string? Version, string? Sha);
}
