using WasmWizard.Delivery.Environments;
using WasmWizard.Delivery.Generation;

namespace WasmWizard.Delivery.GitHub.Protection;

/// <summary>The platform's list of who must read a change to which path, from the teams of the strategy.</summary>
public static class CodeOwnersFile
{
    public const string Path = ".github/CODEOWNERS";

    /// <param name="strategy">Whose branches name teams per path.</param>
    /// <param name="organization">The account that the teams belong to.</param>
    public static GeneratedFile Of(DeliveryStrategy strategy, string organization)
    {
        ArgumentNullException.ThrowIfNull(strategy);
        var teams = strategy.Environments.SelectMany(environment => environment.Reviews.PathTeams ?? new Dictionary<string, string>()).Distinct()
            .OrderBy(pair => pair.Key, StringComparer.Ordinal).ToList();
        var width = teams.Max(pair => (int?)pair.Key.Length) ?? 0;
        return new(Path, string.Concat(
        [
            .. GeneratedHeader.Lines("WasmWizard.Delivery.GitHub", "build/Strategy.cs").Select(line => $"# {line}\n"),
            .. teams.Select(pair => $"{pair.Key.PadRight(width)} @{organization}/{pair.Value}\n"),
        ]));
    }
}
