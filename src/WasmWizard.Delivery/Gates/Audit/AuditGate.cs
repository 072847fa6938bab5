namespace WasmWizard.Delivery.Gates.Audit;

/// <summary>Judges the known vulnerabilities of the dependencies.</summary>
public static class AuditGate
{
    private const string Again = "./build.sh Audit";
    private const string FreshData = "./build.sh Audit --advisories <folder, zip, file or URL of a newer database>";

    /// <param name="policy">The branch's, from <see cref="VulnerabilityPolicy.Audit"/>.</param>
    /// <param name="observation">What was found, or why nothing could be.</param>
    /// <param name="waivers">The waiver file's entries, faulty ones included: a faulty or expired one refuses on every branch.</param>
    /// <param name="dataAge">Greatest age of the data; null when the branch sets none.</param>
    /// <param name="now">The clock that age and expiry are judged by.</param>
    public static GateResult Judge(
        VulnerabilityPolicy policy,
        AuditObservation observation,
        IReadOnlyList<Waiver> waivers,
        TimeSpan? dataAge,
        DateTimeOffset now) => observation switch
        {
            AuditObservation.Failed failed => new(Verdict.Errored, failed.Because, failed.Fix),
            AuditObservation.NoData none => new(Verdict.Inconclusive, none.Because, none.Fix),
            AuditObservation.Measured measured => Judge(policy, measured, waivers, dataAge, now) with { Measurements = Measurements(measured, now) },
            _ => throw new System.Diagnostics.UnreachableException(),
        };

    private static GateResult Judge(
        VulnerabilityPolicy policy, AuditObservation.Measured measured, IReadOnlyList<Waiver> waivers, TimeSpan? dataAge, DateTimeOffset now)
    {
        if (Distrust(measured, now) is { } distrust)
            return distrust;
        var against = policy.Against(measured.Findings, waivers, now);
        string[] faults = [.. waivers.Select(waiver => waiver.Fault(now)).OfType<string>()];
        if (against.Count > 0 || faults.Length > 0)
            return Refusal(measured, against, faults);
        if (measured.Packages == 0)
            return new(Verdict.Inconclusive, "no packages were looked up; an empty audit proves nothing", "./build.sh Restore Audit");
        if (measured.Advisories == 0)
            return new(Verdict.Inconclusive, $"the database from {measured.DataFrom} is empty; an audit without data proves nothing", FreshData);
        var age = now - measured.DataAsOf;
        if (dataAge is { } most && age > most)
        {
            return new(
                Verdict.Inconclusive,
                $"the data from {measured.DataFrom} is of {measured.DataAsOf:yyyy-MM-dd}, {age.TotalDays:0.0} days old; at most {most.TotalDays:0.#} days required",
                FreshData);
        }
        return new(Verdict.Passed, $"{FindingTally.Sentence(measured.Findings)}; {measured.Packages} packages against {measured.Advisories} advisories as of {measured.DataAsOf:yyyy-MM-dd}");
    }

    /// <summary>Reasons why the measurement itself cannot be believed, whatever it found.</summary>
    private static GateResult? Distrust(AuditObservation.Measured measured, DateTimeOffset now)
    {
        if (measured.DataAsOf > now + FindingTally.ClockTolerance)
            return new(Verdict.Errored, $"the data is of {measured.DataAsOf:u} and the clock says {now:u}; ages cannot be judged", "set the machine's clock");
        if (!measured.ControlFlagged || !measured.ControlFlaggedByNuGet)
        {
            var silent = (measured.ControlFlagged, measured.ControlFlaggedByNuGet) switch
            {
                (false, false) => "neither the matcher nor NuGet's audit",
                (false, true) => "not the matcher",
                _ => "not NuGet's audit",
            };
            return new(Verdict.Errored, $"the control package must be flagged by both opinions and {silent} flagged it; the audit cannot fail, so its silence says nothing", Again);
        }
        string[] disagreement =
        [
            .. measured.Comparable.Except(measured.SecondOpinion).Select(key => $"only the matcher reports {key}").Order(StringComparer.Ordinal),
            .. measured.SecondOpinion.Except(measured.Comparable).Select(key => $"only NuGet's audit reports {key}").Order(StringComparer.Ordinal),
        ];
        return disagreement.Length > 0
            ? new(Verdict.Errored, $"two opinions on the same data differ: {FindingTally.Some(disagreement)}", "remove NuGetAuditSuppress items (waivers go in the waiver file), then " + Again)
            : null;
    }

    private static GateResult Refusal(AuditObservation.Measured measured, IReadOnlyList<Finding> against, string[] faults)
    {
        string[] reasons = [.. against.Select(finding => finding.ToString()), .. faults];
        var first = against.Count > 0 ? against[0] : null;
        var fix = first switch
        {
            null => "complete, renew or remove the entries of the waiver file",
            { FixedVersion: { } version } => $"move {first.Package} to {version} or later in Directory.Packages.props",
            _ => $"replace {first.Package}: no version without {first.Id} is known",
        };
        return new(Verdict.Refused, $"{FindingTally.Sentence(measured.Findings)}; against a deployment: {FindingTally.Some(reasons)}", fix);
    }

    private static Dictionary<string, decimal> Measurements(AuditObservation.Measured measured, DateTimeOffset now) => new(FindingTally.Measurements(measured.Findings))
    {
        ["packages"] = measured.Packages,
        ["advisories"] = measured.Advisories,
        ["dataAgeDays"] = Math.Round((decimal)(now - measured.DataAsOf).TotalDays, 2),
    };
}
