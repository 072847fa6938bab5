using System.Security.Cryptography;
using System.Text;

namespace WasmWizard.Delivery.SupplyChain.Debian;

/// <summary>The packages of a release with its updates: the newest of each name.</summary>
public sealed class PackageIndex
{
    private const string Fix = "fetch the index again: ./build.sh Image";
    private readonly Dictionary<string, IndexedPackage> _byName = new(StringComparer.Ordinal);

    /// <summary>The oldest date among the heads: up to when the whole is known to be complete.</summary>
    public DateTimeOffset Date { get; private set; } = DateTimeOffset.MaxValue;

    /// <summary>Null for a name that no index has.</summary>
    public IndexedPackage? Find(string name) => _byName.GetValueOrDefault(name);

    /// <param name="indexes">Verified heads with the uncompressed package index that each names.</param>
    /// <param name="now">A head from ahead of the clock, or past its own validity, is not used.</param>
    /// <exception cref="CorruptDataException">An index is not the one that was signed, or not whole; or the clock is wrong.</exception>
    /// <exception cref="MissingDataException">A head is not valid any more.</exception>
    public static PackageIndex Read(IEnumerable<(SignedRelease Head, byte[] Body)> indexes, DateTimeOffset now)
    {
        var all = new PackageIndex();
        foreach (var (head, body) in indexes)
        {
            if (head.Date > now)
                throw new CorruptDataException($"the index of {head.Codename} is of {head.Date:u} and the clock says {now:u}; its age cannot be judged", "set the machine's clock");
            if (head.ValidUntil < now)
                throw new MissingDataException($"the index of {head.Codename} was valid until {head.ValidUntil:u}; the clock says {now:u}", Fix);
            all.Add(head, body);
        }
        return all;
    }

    private void Add(SignedRelease head, byte[] body)
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(body));
        if (!head.Sha256.Any(file => file.Value == hash && file.Key.EndsWith("/Packages", StringComparison.Ordinal)))
            throw new CorruptDataException($"the package index of {head.Codename} is not the one that was signed", Fix);
        Date = head.Date < Date ? head.Date : Date;
        foreach (var paragraph in ControlParagraphs.Read(Encoding.UTF8.GetString(body), head.Codename))
        {
            var package = IndexedPackage.Of(paragraph, head.Codename);
            if (!_byName.TryGetValue(package.Record.Package, out var known) || package.Record.Version > known.Record.Version)
                _byName[package.Record.Package] = package;
        }
    }
}

/// <summary>One package of an index.</summary>
/// <param name="Record">What dpkg would record.</param>
/// <param name="Depends">The fields <c>Pre-Depends</c> and <c>Depends</c>, joined.</param>
/// <param name="Fields">Every field, for the record in the image.</param>
public sealed record IndexedPackage(DpkgRecord Record, string Depends, IReadOnlyDictionary<string, string> Fields)
{
    private static readonly string[] Relations = ["Pre-Depends", "Depends"];

    /// <summary>Hash of the package file.</summary>
    public string Sha256 => Record.Sha256!;

    /// <exception cref="CorruptDataException">A field is missing or torn.</exception>
    public static IndexedPackage Of(IReadOnlyDictionary<string, string> paragraph, string name)
    {
        var record = DpkgRecord.Of(paragraph, name);
        if (record.Sha256 is not { Length: 64 })
            throw new CorruptDataException($"{name}: {record.Package} has no hash", "fetch the index again: ./build.sh Image");
        var depends = string.Join(", ", Relations.Select(field => paragraph.GetValueOrDefault(field)).Where(value => !string.IsNullOrEmpty(value)));
        return new(record, depends, paragraph);
    }
}
