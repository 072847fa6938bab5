using System.Buffers;
using System.Text;
using System.Text.RegularExpressions;
using WasmWizard.Delivery.Checking.Reading;
using WasmWizard.Delivery.Checking.Snapshots;
using WasmWizard.Delivery.Checking.Yaml;

namespace WasmWizard.Delivery.Checking.Rules;

/// <summary>A key, token or password that stands readable in a file.</summary>
internal sealed partial class SecretInTheClear : CheckRule
{
    // One of these stands in every credential that is known by its form.
    private static readonly SearchValues<string> Marks = SearchValues.Create(
        ["PRIVATE KEY", "ghp_", "github_pat_", "gho_", "AKIA", "ASIA", "xox", "sk_live_", "AIza", "glpat-", "npm_", "dckr_pat_", "hooks.slack.com"], StringComparison.Ordinal);

    public override string Id => "WW6501";

    public override string Title => "A secret stands in the clear";

    public override string Required => "secrets come from a secret store, by name; whoever can read the repository, or any clone of it, has those that stand in it";

    protected override IEnumerable<Place> Inspect(Repository repository) =>
    [
        .. repository.Files.Where(file => !file.IsAside && file.Extension is not (".lock" or ".sum" or ".svg" or ".ipynb")).SelectMany(Tokens),
        .. repository.Manifests.Where(manifest => manifest.Kind == "Secret").SelectMany(OfManifest),
        .. Settings(repository).Where(setting => IsSecretName(setting.Name) && IsReal(setting.Node.Value) && !setting.Node.Value.Contains(setting.Name, StringComparison.OrdinalIgnoreCase)).Select(setting => Found(setting.File, setting.Node.Line, $"{setting.Name} with a value")),
        .. repository.Scripts.SelectMany(OfScript),
    ];

    private static Place Found(SourceFile file, int line, string what) => new(file.Path, line, what, "take it out, replace it where it is used, and read it from a secret store");

    /// <summary>Forms that nothing but a credential has.</summary>
    private static IEnumerable<Place> Tokens(SourceFile file)
    {
        if (!file.Text.AsSpan().ContainsAny(Marks))
            yield break;
        for (var at = 0; at < file.Lines.Count; at++)
        {
            var line = file.Lines[at];
            if (line.Length < 2000 && Token().Match(line) is { Success: true } token && !Placeholder().IsMatch(token.Value))
                yield return Found(file, at + 1, $"a credential that begins with {token.Value[..Math.Min(8, token.Value.Length)]}");
            else if (line.StartsWith("-----BEGIN ", StringComparison.Ordinal) && line.Contains("PRIVATE KEY-----", StringComparison.Ordinal) && at + 1 < file.Lines.Count && KeyLine().IsMatch(file.Lines[at + 1]))
                yield return Found(file, at + 1, "a private key");
        }
    }

    private static IEnumerable<Place> OfManifest(Manifest manifest)
    {
        foreach (var (key, value) in manifest.Root["data"].Pairs.Concat(manifest.Root["stringData"].Pairs).Where(pair => pair.Value.Value.Length > 0 && !pair.Value.Value.Contains('$', StringComparison.Ordinal)))
        {
            var text = manifest.Root["data"].Pairs.Exists(pair => pair.Value == value) ? Decoded(value.Value) : value.Value;
            if (text is null || !IsSecretName(key.Value) && !text.Contains("://", StringComparison.Ordinal))
                continue;
            yield return Placeholder().IsMatch(text)
                ? new(manifest.File.Path, value.Line, $"Secret {manifest.Name} would set {key.Value} to a placeholder", "make the Secret outside the repository, or seal it") { Severity = CheckSeverity.Warning }
                : Found(manifest.File, value.Line, $"Secret {manifest.Name} holds {key.Value}");
        }
    }

    private static IEnumerable<(SourceFile File, string Name, Node Node)> Settings(Repository repository)
    {
        foreach (var container in repository.Manifests.SelectMany(manifest => manifest.Containers.SelectMany(container => container["env"].Items).Select(item => (manifest.File, item))))
            yield return (container.File, container.item["name"].Value, container.item["value"]);
        foreach (var map in repository.Manifests.Where(manifest => manifest.Kind == "ConfigMap"))
        {
            foreach (var (key, value) in map.Root["data"].Pairs.Where(pair => !pair.Value.IsBlock))
                yield return (map.File, key.Value, value);
        }

        // Databases that live as long as a job have passwords that protect nothing.
        foreach (var workflow in repository.Workflows)
        {
            foreach (var node in workflow.Root.All().Where(node => node["env"].Kind == NodeKind.Mapping && !workflow.Jobs.Any(job => job.Node["services"].Pairs.Exists(service => service.Value == node))))
            {
                foreach (var (key, value) in node["env"].Pairs.Where(pair => IsLikelyDeployed(pair.Key.Value)))
                    yield return (workflow.File, key.Value, value);
            }
        }
    }

    private static IEnumerable<Place> OfScript(Script script) =>
        from command in script.Commands
        from word in command.Words
        let match = Assigned().Match(word)
        where match.Success && IsReal(match.Groups[2].Value) && match.Groups[2].Value.Length >= 12 && IsRandom(match.Groups[2].Value)
        select Found(script.File, command.Line, $"{match.Groups[1].Value} with a value");

    // Tests set passwords of their own services; what names a cloud, a registry or a token leaves the runner.
    private static bool IsLikelyDeployed(string name) => CloudName().IsMatch(name);

    private static bool IsSecretName(string name) => SecretName().IsMatch(name) && !NotSecret().IsMatch(name);

    private static bool IsReal(string value) => value.Length >= 6 && !value.Contains('$', StringComparison.Ordinal) && !value.Contains("{{", StringComparison.Ordinal) && !value.StartsWith('/') && !value.StartsWith("vault:", StringComparison.Ordinal) && !Placeholder().IsMatch(value);

    private static bool IsRandom(string value) => value.Any(char.IsDigit) && value.Any(char.IsLetter) && !value.Contains(' ', StringComparison.Ordinal) && !value.Contains('/', StringComparison.Ordinal) && !value.Contains('(', StringComparison.Ordinal);

    private static string? Decoded(string base64)
    {
        var buffer = new byte[base64.Length];
        return Convert.TryFromBase64String(base64.Trim(), buffer, out var length) ? Encoding.UTF8.GetString(buffer, 0, length) : null;
    }

    [GeneratedRegex(@"\b(ghp_[A-Za-z0-9]{36}|github_pat_[A-Za-z0-9_]{60,}|gho_[A-Za-z0-9]{36}|(AKIA|ASIA)[A-Z0-9]{16}|xox[bpas]-[A-Za-z0-9-]{20,}|sk_live_[A-Za-z0-9]{20,}|AIza[A-Za-z0-9_-]{35}|glpat-[A-Za-z0-9_-]{20}|npm_[A-Za-z0-9]{36}|dckr_pat_[A-Za-z0-9_-]{20,}|hooks\.slack\.com/services/T[A-Z0-9]{8,}/B[A-Z0-9]{8,}/[A-Za-z0-9]{20,})")]
    private static partial Regex Token();

    [GeneratedRegex(@"(?i)(example|placeholder|replace|change.?me|your[-_ ]|xxxx|\*\*\*|dummy|fake|sample|<[^>]+>|todo|insert|redacted|not.?a.?real|secret-?here|00000000|12345678|abcdef|PASSWORD@|^(password|secret|postgres|root|admin|test|changeit|dev|development|local)\b)")]
    private static partial Regex Placeholder();

    [GeneratedRegex(@"^[A-Za-z0-9+/=]{40,}$")]
    private static partial Regex KeyLine();

    [GeneratedRegex(@"(?i)(password|passwd|secret|token|api[-_]?key|private[-_]?key|access[-_]?key|credential|salt|database[-_]url)")]
    private static partial Regex SecretName();

    [GeneratedRegex(@"(?i)(_file$|-file$|_path$|path$|_name$|name$|_arn$|_id$|_url_prefix|public|expir|ttl|lifetime|length|header|enabled|policy|endpoint|issuer|provider|type$|algorithm|timeout|tokenizer|max|limit|rotation)")]
    private static partial Regex NotSecret();

    [GeneratedRegex(@"^(?:export )?([A-Za-z_]*(?:PASSWORD|TOKEN|SECRET|API_KEY|ACCESS_KEY)[A-Za-z_]*)=([^\s$`]+)$")]
    private static partial Regex Assigned();

    [GeneratedRegex(@"(?i)(aws_secret|aws_access|gcp|azure_client_secret|docker(hub)?_password|registry_password|npm_token|nuget_api|pypi|github_token|gh_token|api_?key|deploy.*(key|token|password)|slack|webhook)")]
    private static partial Regex CloudName();
}
