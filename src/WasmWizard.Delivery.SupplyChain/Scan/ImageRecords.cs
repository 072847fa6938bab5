using System.Text;
using WasmWizard.Delivery.Releases;
using WasmWizard.Delivery.SupplyChain.Debian;
using WasmWizard.Delivery.SupplyChain.Packages;

namespace WasmWizard.Delivery.SupplyChain.Scan;

/// <summary>Reads from an image's own files what is in it.</summary>
public static class ImageRecords
{
    private const string Status = "var/lib/dpkg/status";
    private const string Documents = "usr/share/doc/";
    private const string Copyright = "/copyright";
    private const string Fix = "build the image on Debian: ./build.sh Image, without --base-image or with another one";

    /// <summary>Debian writes it here and links to it from <c>etc</c>.</summary>
    private static readonly string[] OperatingSystem = ["usr/lib/os-release", "etc/os-release"];

    /// <summary>Whether <see cref="Read"/> wants a file.</summary>
    /// <param name="path">Without a slash in front.</param>
    public static bool Wants(string path) =>
        path == Status || path.StartsWith(Status + ".d/", StringComparison.Ordinal) || OperatingSystem.Contains(path)
        || (path.StartsWith(Documents, StringComparison.Ordinal) && path.EndsWith(Copyright, StringComparison.Ordinal))
        || path.EndsWith(".deps.json", StringComparison.Ordinal);

    /// <param name="image">The image's digest.</param>
    /// <param name="name">Its name without tag.</param>
    /// <param name="version">The release's.</param>
    /// <param name="files">The files that <see cref="Wants"/> wants, by path.</param>
    /// <exception cref="MissingDataException">It does not say which release of Debian it is on.</exception>
    /// <exception cref="CorruptDataException">A record is torn.</exception>
    public static ImageContents Read(Digest image, string name, string version, IReadOnlyDictionary<string, byte[]> files) => new()
    {
        Image = image,
        Name = name,
        Version = version,
        Codename = Codename(files),
        SystemPackages =
        [
            .. DpkgDatabase.Read(files.Where(file => file.Key.StartsWith(Status, StringComparison.Ordinal)).Select(file => (file.Key, file.Value)))
                .Select(record => record with { Licences = Licences(files, record.Package) }),
        ],
        ApplicationPackages = [.. files.Where(file => file.Key.EndsWith(".deps.json", StringComparison.Ordinal)).SelectMany(file => DepsFile.Read(file.Value, file.Key)).Distinct()],
    };

    private static string Codename(IReadOnlyDictionary<string, byte[]> files)
    {
        const string Field = "VERSION_CODENAME=";
        var lines = OperatingSystem.Where(files.ContainsKey).SelectMany(file => Encoding.UTF8.GetString(files[file]).Split('\n')).ToList();
        return lines.FirstOrDefault(line => line.StartsWith(Field, StringComparison.Ordinal))?[Field.Length..].Trim('"', ' ') is { Length: > 0 } codename
            ? codename
            : throw new MissingDataException("the image does not say which release of Debian it is on", Fix);
    }

    private static IReadOnlyList<string> Licences(IReadOnlyDictionary<string, byte[]> files, string package) =>
        files.TryGetValue(Documents + package + Copyright, out var text) ? DebianCopyright.Licences(Encoding.UTF8.GetString(text)) : [];
}
