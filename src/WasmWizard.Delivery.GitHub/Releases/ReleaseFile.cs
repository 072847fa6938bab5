using System.Security.Cryptography;

namespace WasmWizard.Delivery.GitHub.Releases;

/// <summary>A file that people get with a release: bill of materials, provenance, signed verdicts.</summary>
/// <param name="Name">As it is shown; letters, digits, dots, - and _.</param>
/// <param name="Path">Where its bytes are.</param>
public sealed record ReleaseFile(string Name, string Path)
{
    /// <summary>Every file below the folders, named after folder and file so that no two are the same; in a stable order.</summary>
    public static IReadOnlyList<ReleaseFile> In(IEnumerable<string> folders) =>
    [
        .. folders.Where(Directory.Exists).SelectMany(folder => Directory.GetFiles(folder).Order(StringComparer.Ordinal),
            (folder, file) => new ReleaseFile($"{System.IO.Path.GetFileName(folder)}-{System.IO.Path.GetFileName(file)}", file)),
    ];

    /// <summary>As the platform spells it: <c>sha256:...</c>.</summary>
    public string Digest()
    {
        using var stream = File.OpenRead(Path);
        return $"sha256:{Convert.ToHexStringLower(SHA256.HashData(stream))}";
    }
}
