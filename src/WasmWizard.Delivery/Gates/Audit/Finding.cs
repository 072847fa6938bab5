namespace WasmWizard.Delivery.Gates.Audit;

/// <summary>One vulnerability in one version of one package.</summary>
/// <param name="Id">The database's name for it, e.g. <c>GHSA-5crp-9r3c-p9vr</c>.</param>
/// <param name="Package">As the ecosystem spells it; NuGet's names are compared without regard to case.</param>
/// <param name="Version">The version in use.</param>
/// <param name="Severity">As the database judges it.</param>
public sealed record Finding(string Id, string Package, string Version, Severity Severity)
{
    /// <summary>Affected versions in the notation of the ecosystem, e.g. <c>(, 13.0.1)</c>; empty when the database does not say.</summary>
    public string Range { get; init; } = "";

    /// <summary>The first version without it; null when there is none or the database does not say.</summary>
    public string? FixedVersion { get; init; }

    /// <summary>Who says so, e.g. <c>osv</c>, <c>nuget</c>, <c>debian-security</c>, <c>trivy</c>.</summary>
    public string Source { get; init; } = "";

    /// <summary>Where the package was found: a project, an image's layer or record; relative, with forward slashes.</summary>
    public string Where { get; init; } = "";

    /// <summary>The distribution has published an update that is not installed. The policy counts that as HIGH at least.</summary>
    public bool IsMissingUpdate { get; init; }

    /// <summary>The severity that the policy goes by.</summary>
    public Severity Counted => IsMissingUpdate && Severity < Severity.High ? Severity.High : Severity;

    /// <summary>What makes two findings the same one, whoever reports them and wherever.</summary>
    public FindingKey Key => new(Id.ToUpperInvariant(), Package.ToUpperInvariant(), Version);

    public override string ToString() => $"{Counted.Word()} {Id} in {Package} {Version}";
}

/// <summary>A finding's identity: id and package in upper case, and the version.</summary>
public readonly record struct FindingKey(string Id, string Package, string Version)
{
    public override string ToString() => $"{Id} in {Package} {Version}";
}
