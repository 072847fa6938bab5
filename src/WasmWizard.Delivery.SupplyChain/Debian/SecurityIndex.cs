using System.Security.Cryptography;
using System.Text;

namespace WasmWizard.Delivery.SupplyChain.Debian;

/// <summary>The security updates of one Debian release: the newest version of each source package that has one.</summary>
/// <param name="Codename">The release, e.g. <c>trixie</c>.</param>
/// <param name="Date">When the index was published.</param>
/// <param name="ValidUntil">Until when its publisher trusts it; null when it sets no end.</param>
/// <param name="Updates">Newest version by source package.</param>
public sealed record SecurityIndex(string Codename, DateTimeOffset Date, DateTimeOffset? ValidUntil, IReadOnlyDictionary<string, DebianVersion> Updates)
{
    /// <summary>Where Debian's own package puts the archive's keys.</summary>
    public const string DefaultKeyring = "/usr/share/keyrings/debian-archive-keyring.gpg";

    private const string Suffix = "-security";

    /// <param name="release">The signed head, already verified.</param>
    /// <param name="packages">The uncompressed package index that the head names.</param>
    /// <exception cref="CorruptDataException">The index is not the one that was signed, or it is not whole.</exception>
    public static SecurityIndex Read(SignedRelease release, byte[] packages)
    {
        const string Fix = "fetch the index again: apt-get update";
        if (!release.Codename.EndsWith(Suffix, StringComparison.Ordinal))
            throw new CorruptDataException($"the index is of {release.Codename}; one of security updates is required", Fix);
        var hash = Convert.ToHexStringLower(SHA256.HashData(packages));
        if (!release.Sha256.Any(file => file.Value == hash && file.Key.EndsWith("/Packages", StringComparison.Ordinal)))
            throw new CorruptDataException($"the package index of {release.Codename} is not the one that was signed", Fix);
        var updates = new Dictionary<string, DebianVersion>(StringComparer.Ordinal);
        foreach (var record in ControlParagraphs.Read(Encoding.UTF8.GetString(packages), release.Codename).Select(paragraph => DpkgRecord.Of(paragraph, release.Codename)))
            if (!updates.TryGetValue(record.Source, out var known) || record.SourceVersion > known)
                updates[record.Source] = record.SourceVersion;
        return new(release.Codename[..^Suffix.Length], release.Date, release.ValidUntil, updates);
    }

    /// <summary>The update that a package lacks; null when it has it or there is none.</summary>
    public DebianVersion? MissingFrom(DpkgRecord record) =>
        Updates.TryGetValue(record.Source, out var update) && update > record.SourceVersion ? update : null;
}
