using WasmWizard.Delivery.Gates.Audit;
using WasmWizard.Delivery.Releases;

namespace WasmWizard.Delivery.Gates.Scan;

/// <summary>Judges the known vulnerabilities of the image that would be deployed.</summary>
public static class ScanGate
{
    private const string Again = "./build.sh Scan";

    /// <param name="policy">The branch's, from <see cref="VulnerabilityPolicy.Scan"/>.</param>
    /// <param name="observation">What was found, or why nothing could be.</param>
    /// <param name="release">The image that would be deployed; an answer about any other refuses.</param>
    /// <param name="dataAge">Greatest age of the data; null when the branch sets none.</param>
    /// <param name="now">The clock that ages are judged by.</param>
    public static GateResult Judge(VulnerabilityPolicy policy, ScanObservation observation, Digest release, TimeSpan? dataAge, DateTimeOffset now)
    {
        switch (observation)
        {
            case ScanObservation.Failed failed:
                return new(Verdict.Errored, failed.Because, failed.Fix);
            case ScanObservation.NoData none:
                return new(Verdict.Inconclusive, none.Because, none.Fix);
            case ScanObservation.Measured measured:
                var result = Judge(policy, measured, release, dataAge, now);
                var limit = measured.Limit.Length > 0 ? $" ({measured.Scanner}: {measured.Limit})" : $" ({measured.Scanner})";
                return result with { Reason = result.Reason + limit, Measurements = Measurements(measured) };
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    private static GateResult Judge(VulnerabilityPolicy policy, ScanObservation.Measured measured, Digest release, TimeSpan? dataAge, DateTimeOffset now)
    {
        if (measured.Image != release)
            return new(Verdict.Refused, $"the scan is about {measured.Image} and the release is {release}; only a scan of the release counts", Again);
        if (measured.DataAsOf > now + FindingTally.ClockTolerance)
            return new(Verdict.Errored, $"the data is of {measured.DataAsOf:u} and the clock says {now:u}; ages cannot be judged", "set the machine's clock");
        var against = policy.Against(measured.Findings, [], now);
        if (against.Count > 0)
            return Refusal(measured, against);
        return Doubt(measured, dataAge, now) ?? new(Verdict.Passed, $"{FindingTally.Sentence(measured.Findings)}; {Looked(measured)}, data as of {measured.DataAsOf:yyyy-MM-dd}");
    }

    private static GateResult Refusal(ScanObservation.Measured measured, IReadOnlyList<Finding> against)
    {
        var first = against[0];
        var fix = first.FixedVersion is { } version
            ? $"rebuild the image with {first.Package} {version} or later: ./build.sh Image Scan"
            : $"take {first.Package} out of the image or replace it: no version without {first.Id} is known";
        return new(Verdict.Refused, $"{FindingTally.Sentence(measured.Findings)}; against a deployment: {FindingTally.Some([.. against.Select(finding => finding.ToString())])}", fix);
    }

    /// <summary>Reasons why a clean answer is not yet a pass.</summary>
    private static GateResult? Doubt(ScanObservation.Measured measured, TimeSpan? dataAge, DateTimeOffset now)
    {
        if (measured.SystemPackages == 0 || measured.ApplicationPackages == 0)
            return new(Verdict.Inconclusive, $"{Looked(measured)}: an image with none of either was not looked through", "./build.sh Image Scan");
        if (measured.DataAsOf is not { } asOf)
            return new(Verdict.Inconclusive, "the scanner does not say how old its data is", "update the scanner's database, then " + Again);
        if (measured.DataValidUntil is { } until && now > until)
            return new(Verdict.Inconclusive, $"the security index was valid until {until:u}; the clock says {now:u}", $"{Again} on a machine that reaches the mirror");
        var age = now - asOf;
        return dataAge is { } most && age > most
            ? new(Verdict.Inconclusive, $"the data is of {asOf:yyyy-MM-dd}, {age.TotalDays:0.0} days old; at most {most.TotalDays:0.#} days required", $"{Again} with a newer database")
            : null;
    }

    private static string Looked(ScanObservation.Measured measured) =>
        $"{measured.SystemPackages} packages of the distribution and {measured.ApplicationPackages} of the application";

    private static Dictionary<string, decimal> Measurements(ScanObservation.Measured measured) => new(FindingTally.Measurements(measured.Findings))
    {
        ["systemPackages"] = measured.SystemPackages,
        ["applicationPackages"] = measured.ApplicationPackages,
    };
}
