using WasmWizard.Delivery.Gates.Audit;
using WasmWizard.Delivery.SupplyChain.Advisories;
using WasmWizard.Delivery.SupplyChain.Packages;
using WasmWizard.Delivery.SupplyChain.Tools;

namespace WasmWizard.Delivery.SupplyChain.Audit;

/// <summary>
/// Looks for known vulnerabilities in what a repository restores: the matcher and NuGet's own audit on the same data and packages, and both
/// on the control package. <see cref="AuditGate"/> judges what comes out. Runs do not disturb each other or the repository's own restore.
/// </summary>
/// <param name="client">Fetches databases; see <see cref="Download.NewClient"/>.</param>
public sealed class DependencyAudit(HttpClient client)
{
    /// <summary>Never throws for bad data, tools or servers: these are observations, too.</summary>
    public async Task<AuditObservation> ObserveAsync(AuditRequest request, CancellationToken cancellation)
    {
        using var work = new WorkFolder();
        try
        {
            var database = await OpenAsync(request, cancellation);
            await using var server = VulnerabilityServer.Start(database.WithControl());
            return await CompareAsync(request, database, server, work.Path, cancellation);
        }
        catch (MissingDataException missing)
        {
            return new AuditObservation.NoData(missing.Message, missing.Fix);
        }
        catch (CorruptDataException corrupt)
        {
            return new AuditObservation.Failed(corrupt.Message, corrupt.Fix);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return new AuditObservation.Failed($"the audit could not keep its files: {problem.Message}", "free the temporary folder, then ./build.sh Audit");
        }
    }

    /// <summary>The official source's data where it can be had, else the given copy.</summary>
    private Task<AdvisoryDatabase> OpenAsync(AuditRequest request, CancellationToken cancellation) =>
        new AdvisorySource(client).OpenFirstAsync([.. RestoreConfiguration.AdvisorySources(request.Configuration), .. request.Advisories is { } given ? [given] : Array.Empty<string>()], cancellation);

    private static async Task<AuditObservation> CompareAsync(
        AuditRequest request, AdvisoryDatabase database, VulnerabilityServer server, string work, CancellationToken cancellation)
    {
        var dotnet = Tool.Find("dotnet") ?? throw new MissingDataException("there is no dotnet on PATH", "install the SDK that global.json names");
        var configuration = Path.Combine(work, "nuget.config");
        await File.WriteAllTextAsync(configuration, RestoreConfiguration.WithAuditSource(request.Configuration, server.Index), cancellation);
        var audit = new NuGetAudit(dotnet, configuration, work);

        var control = await audit.RunAsync(ControlProject.Write(Path.Combine(work, "control")), work, cancellation);
        var reports = new List<NuGetAuditReport>();
        foreach (var target in request.Targets)
            reports.Add(await audit.RunAsync(target, request.Root, cancellation));
        if (server.PagesServed < request.Targets.Count + 1)
            throw new CorruptDataException("NuGet's audit never asked for the data that it was given", "./build.sh Audit");

        var known = database.WithControl();
        ResolvedPackage[] packages = [.. reports.SelectMany(report => report.Packages).Distinct()];
        var controlKey = ControlRecord.Advisories[0].On(ControlRecord.Package).Key;
        return new AuditObservation.Measured
        {
            Packages = packages.DistinctBy(package => (package.Name.ToUpperInvariant(), package.Version)).Count(),
            Advisories = database.Count,
            Findings = known.Match(packages),
            Comparable = [.. known.Match(packages.Where(package => package.Kind == PackageKind.Library)).Select(finding => finding.Key)],
            SecondOpinion = [.. reports.SelectMany(report => report.Flagged).Distinct()],
            ControlFlagged = known.Match(control.Packages).Any(finding => finding.Key == controlKey && finding.Severity == Severity.High),
            ControlFlaggedByNuGet = control.Flagged.Contains(controlKey),
            DataAsOf = database.AsOf,
            DataFrom = database.From,
        };
    }
}

/// <summary>What is audited and by what.</summary>
public sealed record AuditRequest
{
    /// <summary>The repository's root.</summary>
    public required string Root { get; init; }

    /// <summary>The solution, and projects that are published for a runtime with that runtime in their properties.</summary>
    public required IReadOnlyList<RestoreTarget> Targets { get; init; }

    /// <summary>The repository's <c>nuget.config</c>: package sources, and where the official vulnerability data is asked for.</summary>
    public required string Configuration { get; init; }

    /// <summary>The copy to use where the official source has no data or cannot be reached: a path or URL; null for none.</summary>
    public string? Advisories { get; init; }
}
