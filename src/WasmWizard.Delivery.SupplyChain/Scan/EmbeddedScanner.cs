using WasmWizard.Delivery.Gates.Audit;
using WasmWizard.Delivery.Gates.Scan;
using WasmWizard.Delivery.SupplyChain.Advisories;
using WasmWizard.Delivery.SupplyChain.Debian;

namespace WasmWizard.Delivery.SupplyChain.Scan;

/// <summary>Looks an image's packages up in the distribution's security updates and in the advisories; needs no other tool.</summary>
public static class EmbeddedScanner
{
    public const string Name = "embedded";

    /// <summary>Printed with every verdict, because a clean answer of this scanner says less than one of a full scanner.</summary>
    public const string Limit = "it sees only what has a fix, and knows no severity of its own: a missing security update counts as HIGH";

    /// <param name="image">What is looked through.</param>
    /// <param name="updates">The security updates of the image's distribution.</param>
    /// <param name="advisories">Known vulnerabilities of NuGet packages.</param>
    /// <param name="today">What the end of the distribution's support is judged by.</param>
    public static ScanObservation Scan(ImageContents image, SecurityIndex updates, AdvisoryDatabase advisories, DateOnly today)
    {
        if (updates.Codename != image.Codename)
            return new ScanObservation.Failed($"the security index is of {updates.Codename} and the image of {image.Codename}", "./build.sh Scan");
        return new ScanObservation.Measured
        {
            Image = image.Image,
            Scanner = Name,
            SystemPackages = image.SystemPackages.Count,
            ApplicationPackages = image.ApplicationPackages.Count,
            Findings = [.. EndOfLife(image, today), .. MissingUpdates(image, updates), .. advisories.Match(image.ApplicationPackages)],
            DataAsOf = updates.Date < advisories.AsOf ? updates.Date : advisories.AsOf,
            DataValidUntil = updates.ValidUntil,
            Limit = Limit,
        };
    }

    private static IEnumerable<Finding> MissingUpdates(ImageContents image, SecurityIndex updates) =>
        from record in image.SystemPackages
        let update = updates.MissingFrom(record)
        where update is not null
        select new Finding($"{updates.Codename}-security/{record.Source}", record.Package, record.Version.ToString(), Severity.Unknown)
        {
            IsMissingUpdate = true,
            Range = $"source {record.Source} before {update}",
            FixedVersion = update.ToString(),
            Source = "debian-security",
            Where = $"var/lib/dpkg/status.d/{record.Package}",
        };

    /// <summary>Volunteers' support covers most packages but not all; after it nothing comes any more, so that no update can be missing.</summary>
    private static IEnumerable<Finding> EndOfLife(ImageContents image, DateOnly today)
    {
        Severity? severity = DebianSupport.Of(image.Codename) switch
        {
            null => Severity.Unknown,
            var support when today > support.LongTermUntil => Severity.High,
            var support when today > support.SecurityTeamUntil => Severity.Medium,
            _ => null,
        };
        if (severity is { } rank)
        {
            var support = DebianSupport.Of(image.Codename);
            yield return new("end-of-support", "debian", support?.Version ?? image.Codename, rank)
            {
                Range = support is null ? "a release without a known end of support" : $"full support until {support.SecurityTeamUntil:yyyy-MM-dd}, partial until {support.LongTermUntil:yyyy-MM-dd}",
                FixedVersion = DebianSupport.Releases.Where(release => release.SecurityTeamUntil >= today).Select(release => release.Version).FirstOrDefault(),
                Source = "distro-info",
                Where = "etc/os-release",
            };
        }
    }
}
