using System.Text.RegularExpressions;
using WasmWizard.Delivery.Gates.Audit;
using WasmWizard.Delivery.SupplyChain.Packages;
using WasmWizard.Delivery.SupplyChain.Tools;

namespace WasmWizard.Delivery.SupplyChain.Audit;

/// <summary>
/// Drives NuGet's own audit as a second opinion. It runs during a restore, so this restores into a folder of its own: forced and with an
/// empty HTTP cache, because a restore that finds nothing to do repeats what it said before.
/// </summary>
/// <param name="dotnet">The command line of the SDK.</param>
/// <param name="configuration">The configuration that names the audit source.</param>
/// <param name="work">A folder that holds nothing else; may be deleted afterwards.</param>
public sealed partial class NuGetAudit(Tool dotnet, string configuration, string work)
{
    private const string NoData = "NU1905";
    private const string UnknownSeverityOrNoServer = "NU1900";
    private static readonly string[] Severities = ["NU1901", "NU1902", "NU1903", "NU1904"];

    /// <param name="target">What is restored.</param>
    /// <param name="root">Projects are named relative to this folder.</param>
    /// <param name="cancellation">Ends the restore.</param>
    /// <returns>Every project's packages, and what NuGet says about them.</returns>
    /// <exception cref="CorruptDataException">The restore failed, or NuGet could not read the data.</exception>
    public async Task<NuGetAuditReport> RunAsync(RestoreTarget target, string root, CancellationToken cancellation)
    {
        var artifacts = Directory.CreateDirectory(Path.Combine(work, $"restore-{Guid.NewGuid():N}")).FullName;
        var output = await dotnet.RunAsync(
            [
                "restore", target.Path, "--force", "--configfile", configuration, "--artifacts-path", artifacts, "-nodeReuse:false", "-p:NuGetAudit=true",
                "-p:NuGetAuditMode=all", "-p:NuGetAuditLevel=low", "-p:TreatWarningsAsErrors=false", "-p:WarningsAsErrors=", "-p:NoWarn=",
                .. target.Properties.OrderBy(property => property.Key, StringComparer.Ordinal).Select(property => $"-p:{property.Key}={property.Value}"),
            ],
            Path.GetDirectoryName(Path.GetFullPath(target.Path)),
            new Dictionary<string, string?> { ["NUGET_HTTP_CACHE_PATH"] = Path.Combine(artifacts, "http"), ["NUGET_RESTORE_MSBUILD_ARGS"] = null },
            cancellation);
        if (output.ExitCode != 0)
            throw new CorruptDataException($"the restore of {Path.GetFileName(target.Path)} for the audit failed: {output.Complaint}", $"dotnet restore {Path.GetFileName(target.Path)}");
        var files = Directory.GetFiles(artifacts, "project.assets.json", SearchOption.AllDirectories);
        var assets = files.Order(StringComparer.Ordinal).Select(file => AssetsFile.Read(file, root)).ToList();
        foreach (var message in assets.SelectMany(project => project.Messages))
            if (message.Code == NoData || (message.Code == UnknownSeverityOrNoServer && message.Package is null))
                throw new CorruptDataException($"NuGet's audit could not read the data that it was given ({message.Code})", "./build.sh Audit");
        return new(
            [.. assets.SelectMany(project => project.Packages).Distinct()],
            assets.SelectMany(project => project.Messages).Where(IsFinding).Select(Key).ToHashSet());
    }

    private static bool IsFinding(RestoreMessage message) =>
        message.Package is not null && (Severities.Contains(message.Code) || message.Code == UnknownSeverityOrNoServer);

    /// <summary>The text differs with the machine's language; the address in it does not, and its last segment is the id.</summary>
    private static FindingKey Key(RestoreMessage message)
    {
        var address = Address().Matches(message.Text) is [.., var last]
            ? new Uri(last.Value)
            : throw new CorruptDataException($"{message.Code} about {message.Package!.Name} names no advisory", "./build.sh Audit");
        return new Finding(address.Segments[^1].Trim('/'), message.Package!.Name, message.Package.Version.ToNormalizedString(), Severity.Unknown).Key;
    }

    [GeneratedRegex(@"https?://[^\s'""]+")]
    private static partial Regex Address();
}

/// <summary>What a restore is given.</summary>
/// <param name="Path">A solution or project.</param>
public sealed record RestoreTarget(string Path)
{
    /// <summary>MSBuild properties, e.g. <c>RuntimeIdentifier</c> to resolve the runtime that a publish would take along.</summary>
    public IReadOnlyDictionary<string, string> Properties { get; init; } = new Dictionary<string, string>();
}

/// <summary>What NuGet resolved and flagged.</summary>
public sealed record NuGetAuditReport(IReadOnlyList<ResolvedPackage> Packages, IReadOnlySet<FindingKey> Flagged);
