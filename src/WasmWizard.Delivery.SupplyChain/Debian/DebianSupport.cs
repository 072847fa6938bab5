namespace WasmWizard.Delivery.SupplyChain.Debian;

/// <summary>How long Debian's releases get security updates; dates of Debian's own release list (package distro-info-data).</summary>
/// <param name="Codename">E.g. <c>trixie</c>.</param>
/// <param name="Version">E.g. <c>13</c>.</param>
/// <param name="SecurityTeamUntil">The last day of the security team's updates, which cover every package.</param>
/// <param name="LongTermUntil">The last day of the volunteers' updates after that, which cover most packages.</param>
public sealed record DebianSupport(string Codename, string Version, DateOnly SecurityTeamUntil, DateOnly LongTermUntil)
{
    public static IReadOnlyList<DebianSupport> Releases { get; } =
    [
        new("buster", "10", new(2022, 9, 10), new(2024, 6, 30)),
        new("bullseye", "11", new(2024, 8, 14), new(2026, 8, 31)),
        new("bookworm", "12", new(2026, 7, 11), new(2028, 6, 30)),
        new("trixie", "13", new(2028, 8, 9), new(2030, 6, 30)),
    ];

    /// <summary>Null for a release that the table does not know.</summary>
    public static DebianSupport? Of(string codename) => Releases.SingleOrDefault(release => release.Codename == codename);
}
