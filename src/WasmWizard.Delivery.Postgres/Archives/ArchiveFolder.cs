using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using WasmWizard.Delivery.Backups;
using WasmWizard.Delivery.Local.Protocol.Files;
using WasmWizard.Delivery.Releases;

namespace WasmWizard.Delivery.Postgres.Archives;

/// <summary>A folder of archives, each with the receipt of its proof beside it; an archive without one is what a killed run left.</summary>
public sealed class ArchiveFolder(string folder)
{
    private const string Extension = ".wwbk";
    private const string DraftExtension = ".draft";

    /// <summary>Newest first.</summary>
    public IReadOnlyList<StoredBackup> All() => !Directory.Exists(folder)
        ? []
        : [.. Directory.EnumerateFiles(folder, "*" + Extension).Where(archive => File.Exists(ReceiptOf(archive))).OrderDescending(StringComparer.Ordinal)
            .Select(archive => new StoredBackup(archive, BackupReceiptJson.Read(File.ReadAllText(ReceiptOf(archive)))))];

    internal void Prepare()
    {
        Folders.Create(folder);
        RemoveDrafts();
    }

    internal string Draft(DateTimeOffset at) => Path.Combine(folder, at.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'.'fff'Z'", CultureInfo.InvariantCulture) + Extension + DraftExtension);

    /// <summary>From here on it is a backup: the receipt first, then the archive under its name.</summary>
    internal StoredBackup Keep(string draft, BackupReceipt receipt)
    {
        var archive = draft[..^DraftExtension.Length];
        AtomicFile.Write(ReceiptOf(archive), Encoding.UTF8.GetBytes(BackupReceiptJson.Write(receipt)));
        File.Move(draft, archive);
        Folders.Sync(folder);
        return new(archive, receipt);
    }

    /// <summary>Writes a copy as a whole into another folder.</summary>
    internal static StoredBackup Copy(StoredBackup stored, string into)
    {
        var archive = Path.Combine(into, Path.GetFileName(stored.Archive));
        var draft = archive + DraftExtension;
        try
        {
            File.Copy(stored.Archive, draft, overwrite: true);
            using (var written = new FileStream(draft, FileMode.Open, FileAccess.Write))
                written.Flush(flushToDisk: true);
            File.Copy(ReceiptOf(stored.Archive), ReceiptOf(archive), overwrite: true);
            File.Move(draft, archive, overwrite: true);
            Folders.Sync(into);
            return new(archive, BackupReceiptJson.Read(File.ReadAllText(ReceiptOf(archive))));
        }
        finally
        {
            File.Delete(draft);
        }
    }

    internal void Remove(StoredBackup stored)
    {
        var archive = Path.Combine(folder, Path.GetFileName(stored.Archive));
        File.Delete(archive);
        File.Delete(ReceiptOf(archive));
    }

    internal void RemoveDrafts()
    {
        if (!Directory.Exists(folder))
            return;
        var whole = Directory.EnumerateFiles(folder, "*" + Extension).SelectMany(archive => new[] { archive, ReceiptOf(archive) }).ToHashSet();
        foreach (var left in Directory.EnumerateFiles(folder, "*" + Extension + DraftExtension).Concat(Directory.EnumerateFiles(folder, "*.json")).Where(file => !whole.Contains(file)))
            File.Delete(left);
    }

    private static string ReceiptOf(string archive) => Path.ChangeExtension(archive, ".json");
}

/// <param name="Archive">Full path of the encrypted file.</param>
/// <param name="Receipt">As read from beside it; believed only together with <see cref="Hash"/>.</param>
public sealed record StoredBackup(string Archive, BackupReceipt Receipt)
{
    /// <summary>The name that people type.</summary>
    public string Name => Path.GetFileNameWithoutExtension(Archive);

    /// <summary>Over the archive's bytes as they are now.</summary>
    public Digest Hash()
    {
        using var bytes = File.OpenRead(Archive);
        return Digest.FromHash(SHA256.HashData(bytes));
    }
}
