using System.Security.Cryptography;
using System.Text;
using WasmWizard.Delivery.Local.Protocol.Files;
using WasmWizard.Delivery.Local.State;
using WasmWizard.Delivery.Releases;

namespace WasmWizard.Delivery.Local.Fronts;

/// <summary>
/// The front's program as built, and its copy in the state folder: the front must survive a rebuild or the deletion of the clone that
/// started it.
/// </summary>
/// <param name="source">The folder that the build wrote the front to.</param>
internal sealed class FrontBinaries(string source)
{
    public const string Program = "WasmWizard.Delivery.Local.Front.dll";

    public bool Exist => File.Exists(Path.Combine(source, Program));

    /// <summary>Copies the program unless this very one is there already.</summary>
    /// <returns>The folder of the copy, named after the digest of all its files.</returns>
    public string CopyTo(LocalState state)
    {
        var files = Directory.EnumerateFiles(source, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal).ToList();
        var target = Path.Combine(state.Front.Binaries, DigestOf(files).Brief);
        if (Directory.Exists(target))
            return target;
        var draft = $"{target}.{Path.GetRandomFileName()}";
        try
        {
            foreach (var file in files)
            {
                var copy = Path.Combine(draft, Path.GetRelativePath(source, file));
                Folders.Create(Path.GetDirectoryName(copy)!);
                File.Copy(file, copy);
                using var written = new FileStream(copy, FileMode.Open, FileAccess.Write);
                written.Flush(flushToDisk: true);
            }

            Directory.Move(draft, target);
            return target;
        }
        finally
        {
            Folders.Delete(draft);
        }
    }

    private Digest DigestOf(List<string> files)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var file in files)
        {
            using var content = File.OpenRead(file);
            hash.AppendData(Encoding.UTF8.GetBytes($"{Path.GetRelativePath(source, file)}\n"));
            hash.AppendData(SHA256.HashData(content));
        }

        return Digest.FromHash(hash.GetHashAndReset());
    }
}
