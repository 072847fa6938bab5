namespace WasmWizard.Delivery.Gates.Audit;

/// <summary>What came of looking for known vulnerabilities in the dependencies.</summary>
public abstract record AuditObservation
{
    private AuditObservation()
    {
    }

    /// <summary>There is nothing to compare the packages with.</summary>
    public sealed record NoData(string Because, string Fix) : AuditObservation;

    /// <summary>Something on the way broke: a corrupt file, a tool, a reply that is none.</summary>
    public sealed record Failed(string Because, string Fix) : AuditObservation;

    /// <summary>Both opinions were heard.</summary>
    public sealed record Measured : AuditObservation
    {
        /// <summary>Distinct packages that were looked up, runtime packs included.</summary>
        public required int Packages { get; init; }

        /// <summary>Advisories in the database, without the control record; 0 says that the database is empty.</summary>
        public required int Advisories { get; init; }

        /// <summary>The matcher's findings.</summary>
        public required IReadOnlyList<Finding> Findings { get; init; }

        /// <summary>What the matcher found among the packages that NuGet audits, too (it leaves out runtime packs).</summary>
        public required IReadOnlyCollection<FindingKey> Comparable { get; init; }

        /// <summary>What NuGet's own audit found in the same packages with the same data.</summary>
        public required IReadOnlyCollection<FindingKey> SecondOpinion { get; init; }

        /// <summary>Whether the matcher flagged the control package as it must.</summary>
        public required bool ControlFlagged { get; init; }

        /// <summary>Whether NuGet's audit flagged the control package as it must.</summary>
        public required bool ControlFlaggedByNuGet { get; init; }

        /// <summary>The day and time up to which the data is known to be complete.</summary>
        public required DateTimeOffset DataAsOf { get; init; }

        /// <summary>Where the data came from, without credentials.</summary>
        public required string DataFrom { get; init; }
    }
}
