using WasmWizard.Delivery.Gates.Audit;
using WasmWizard.Delivery.Releases;

namespace WasmWizard.Delivery.Gates.Scan;

/// <summary>What came of looking for known vulnerabilities in an image.</summary>
public abstract record ScanObservation
{
    private ScanObservation()
    {
    }

    /// <summary>There is nothing to compare the image with.</summary>
    public sealed record NoData(string Because, string Fix) : ScanObservation;

    /// <summary>Something on the way broke: a corrupt index, a tool, an image that cannot be read.</summary>
    public sealed record Failed(string Because, string Fix) : ScanObservation;

    /// <summary>The image was looked through.</summary>
    public sealed record Measured : ScanObservation
    {
        /// <summary>The image that was looked through.</summary>
        public required Digest Image { get; init; }

        /// <summary>Who looked, with the version, e.g. <c>trivy 0.62.0</c> or <c>embedded</c>.</summary>
        public required string Scanner { get; init; }

        /// <summary>Packages of the distribution that were looked up.</summary>
        public required int SystemPackages { get; init; }

        /// <summary>Packages of the application that were looked up.</summary>
        public required int ApplicationPackages { get; init; }

        public required IReadOnlyList<Finding> Findings { get; init; }

        /// <summary>The day and time up to which the oldest database behind the answer is known to be complete; null when the scanner does not say.</summary>
        public required DateTimeOffset? DataAsOf { get; init; }

        /// <summary>The end of validity that the data's own publisher set; null when it set none.</summary>
        public DateTimeOffset? DataValidUntil { get; init; }

        /// <summary>What this scanner cannot see, in a person's words; printed with the verdict. Empty when there is nothing to say.</summary>
        public string Limit { get; init; } = "";
    }
}
