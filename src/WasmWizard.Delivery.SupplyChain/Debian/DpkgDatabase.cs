using System.Text;

namespace WasmWizard.Delivery.SupplyChain.Debian;

/// <summary>Reads which packages an image has: <c>var/lib/dpkg/status</c>, or one file per package in <c>var/lib/dpkg/status.d</c> where no dpkg ran.</summary>
public static class DpkgDatabase
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <param name="root">The image's root folder.</param>
    /// <returns>In order of name; empty when the image records no package.</returns>
    /// <exception cref="CorruptDataException">A record is torn.</exception>
    public static IReadOnlyList<DpkgRecord> Read(string root)
    {
        var files = new List<(string Name, byte[] Bytes)>();
        var status = Path.Combine(root, "var", "lib", "dpkg", "status");
        if (File.Exists(status))
            files.Add(("var/lib/dpkg/status", File.ReadAllBytes(status)));
        if (Directory.Exists(status + ".d"))
            files.AddRange(Directory.GetFiles(status + ".d").Select(file => ("var/lib/dpkg/status.d/" + Path.GetFileName(file), File.ReadAllBytes(file))));
        return Read(files);
    }

    /// <param name="files">The record files as they lie in the image, by path; lists of checksums beside them are passed over.</param>
    public static IReadOnlyList<DpkgRecord> Read(IEnumerable<(string Name, byte[] Bytes)> files) =>
    [
        .. files
            .Where(file => !file.Name.EndsWith(".md5sums", StringComparison.Ordinal))
            .SelectMany(file => Installed(Text(file.Name, file.Bytes), file.Name))
            .OrderBy(record => record.Package, StringComparer.Ordinal)
            .ThenBy(record => record.Architecture, StringComparer.Ordinal),
    ];

    /// <summary>A record without a status line is that of a package that was unpacked without dpkg, so it is there.</summary>
    private static IEnumerable<DpkgRecord> Installed(string text, string name)
    {
        var paragraphs = ControlParagraphs.Read(text, name).ToList();
        if (paragraphs.Count == 0)
            throw new CorruptDataException($"{name} is empty", "build the image again");
        return paragraphs
            .Where(paragraph => !paragraph.TryGetValue("Status", out var status) || status.EndsWith(" installed", StringComparison.Ordinal))
            .Select(paragraph => DpkgRecord.Of(paragraph, name));
    }

    private static string Text(string name, byte[] bytes)
    {
        try
        {
            return Strict.GetString(bytes);
        }
        catch (DecoderFallbackException problem)
        {
            throw new CorruptDataException($"{name} is not text", "build the image again", problem);
        }
    }
}
