namespace WasmWizard.Delivery.Local.Protocol.Processes;

/// <summary>
/// The environment of processes that outlive the pipeline: an allow-list, so that neither a secret of the pipeline nor the mark by
/// which a build server finds and kills leftovers is inherited.
/// </summary>
public static class CleanEnvironment
{
    private static readonly string[] Allowed =
    [
        "PATH", "HOME", "USER", "LOGNAME", "LANG", "LC_ALL", "TZ", "TMPDIR",
        "DOTNET_ROOT", "DOTNET_ROOT_X64", "DOTNET_ROOT_ARM64", "SSL_CERT_FILE", "SSL_CERT_DIR",
    ];

    /// <summary>The allowed variables of <paramref name="inherited"/>, and no diagnostics pipe in the temporary folder.</summary>
    public static Dictionary<string, string> From(IReadOnlyDictionary<string, string> inherited)
    {
        var clean = Allowed.Where(inherited.ContainsKey).ToDictionary(name => name, name => inherited[name]);
        clean["DOTNET_EnableDiagnostics"] = "0";
        clean["DOTNET_NOLOGO"] = "1";
        return clean;
    }

    /// <summary>The same over the environment of this process.</summary>
    public static Dictionary<string, string> FromThisProcess() =>
        From(Environment.GetEnvironmentVariables()
            .Cast<System.Collections.DictionaryEntry>()
            .ToDictionary(entry => (string)entry.Key, entry => (string?)entry.Value ?? ""));
}
