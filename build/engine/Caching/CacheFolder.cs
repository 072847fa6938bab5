using WasmWizard.BuildEngine.IO;

namespace WasmWizard.BuildEngine;

/// <summary>Entries and contents on disk, in <c>.nuke/temp/cache</c>. Everything appears under its name only when it is whole.</summary>
internal sealed class CacheFolder(AbsolutePath root, AbsolutePath folder)
{
    private const int KeptPerTarget = 5;

    private static readonly Lock s_writing = new();

    private AbsolutePath Contents => folder / "contents";

    /// <summary>The entries of a target, the newest first. A damaged one is removed and told.</summary>
    public IReadOnlyList<CacheEntry> EntriesOf(string target, Action<string> onDamage)
    {
        var entries = new List<CacheEntry>();
        foreach (var file in FilesOf(target))
        {
            if (CacheEntry.Read(File.ReadAllText(file)) is { } entry && entry.Target == target)
            {
                entries.Add(entry);
                continue;
            }

            onDamage($"the entry {Path.GetFileName(file)} is not what was written");
            File.Delete(file);
        }

        return entries;
    }

    public void Store(CacheEntry entry)
    {
        lock (s_writing)
        {
            Contents.CreateDirectory();
            foreach (var output in entry.Outputs)
                if (!File.Exists(Contents / output.Hash))
                    Whole(Contents / output.Hash, half => File.Copy(root / output.Path, half, overwrite: true));
            var entries = EntryFolder(entry.Target);
            entries.CreateDirectory();
            Whole(entries / $"{entry.Key}.json", half => File.WriteAllText(half, entry.Write()));
            foreach (var old in FilesOf(entry.Target).Skip(KeptPerTarget))
                File.Delete(old);
            RemoveUnused();
        }
    }

    public void Remove(CacheEntry entry) => File.Delete(EntryFolder(entry.Target) / $"{entry.Key}.json");

    /// <summary>The first stored content that is gone or is not what was stored, as a sentence; null when all are whole.</summary>
    public string? DamageOf(CacheEntry entry)
    {
        foreach (var output in entry.Outputs)
        {
            if (!File.Exists(Contents / output.Hash))
                return $"the stored content of {output.Path} is gone";
            if (InputFiles.HashOf(Contents / output.Hash) == output.Hash)
                continue;
            File.Delete(Contents / output.Hash);
            return $"the stored content of {output.Path} is not what was stored";
        }

        return null;
    }

    /// <summary>Brings every output back as it was; files that are right already are not touched.</summary>
    public void Restore(CacheEntry entry)
    {
        foreach (var output in entry.Outputs)
        {
            var file = root / output.Path;
            if (!File.Exists(file) || InputFiles.HashOf(file) != output.Hash)
                Whole(file, half => File.Copy(Contents / output.Hash, half, overwrite: true));
            if (!OperatingSystem.IsWindows() && output.Mode != 0)
                File.SetUnixFileMode(file, (UnixFileMode)output.Mode);
        }
    }

    private AbsolutePath EntryFolder(string target) => folder / target;

    private IEnumerable<string> FilesOf(string target) => Directory.Exists(EntryFolder(target))
        ? Directory.GetFiles(EntryFolder(target), "*.json").OrderByDescending(File.GetLastWriteTimeUtc).ThenBy(file => file, StringComparer.Ordinal)
        : [];

    private void RemoveUnused()
    {
        var used = Directory.GetDirectories(folder).Where(entries => entries != Contents)
            .SelectMany(entries => EntriesOf(Path.GetFileName(entries), _ => { }))
            .SelectMany(entry => entry.Outputs.Select(output => output.Hash))
            .ToHashSet();
        foreach (var content in Directory.GetFiles(Contents).Where(content => !used.Contains(Path.GetFileName(content))))
            File.Delete(content);
    }

    private static void Whole(AbsolutePath file, Action<string> write)
    {
        file.Parent!.CreateDirectory();
        var half = $"{file}.{System.Environment.ProcessId}.{System.Environment.CurrentManagedThreadId}.half";
        write(half);
        File.Move(half, file, overwrite: true);
    }
}
