using System.Formats.Tar;

namespace WasmWizard.Delivery.Containers;

/// <summary>The normalized tar: fixed times, owners and modes.</summary>
internal static class LayerTar
{
    /// <summary>The longest name that ustar can hold without its prefix field.</summary>
    private const int UstarNameBytes = 100;

    public static async Task Write(IReadOnlyList<LayerEntry> entries, Stream destination, CancellationToken cancellation)
    {
        await using var tar = new TarWriter(destination, TarEntryFormat.Ustar, leaveOpen: true);
        foreach (var entry in entries)
        {
            var header = HeaderOf(entry);
            if (entry.Source is null)
            {
                await tar.WriteEntryAsync(header, cancellation);
                continue;
            }

            await using var content = new FileStream(entry.Source, FileMode.Open, FileAccess.Read, FileShare.Read);
            header.DataStream = content;
            await tar.WriteEntryAsync(header, cancellation);
        }
    }

    public static async Task Read(Stream tar, string folder, CancellationToken cancellation)
    {
        Directory.CreateDirectory(folder);
        await using var reader = new TarReader(tar, leaveOpen: true);
        while (await Next(reader, cancellation) is { } entry)
        {
            var path = SafePath(folder, entry);
            if (entry.EntryType is TarEntryType.Directory)
            {
                Directory.CreateDirectory(path);
                continue;
            }

            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            await WriteFile(path, entry, cancellation);
        }
    }

    private static async Task<TarEntry?> Next(TarReader reader, CancellationToken cancellation)
    {
        try
        {
            return await reader.GetNextEntryAsync(copyData: false, cancellation);
        }
        catch (Exception broken) when (broken is InvalidDataException or EndOfStreamException)
        {
            throw new LayerException($"The layer is not a readable tar: {broken.Message}");
        }
    }

    /// <summary>
    /// Names that fit are ustar. Longer ones are GNU long names: the PAX headers of this platform's writer contain the process id,
    /// which would give every run its own digest.
    /// </summary>
    private static PosixTarEntry HeaderOf(LayerEntry entry)
    {
        var type = entry.LinkTarget is not null ? TarEntryType.SymbolicLink : entry.Source is null ? TarEntryType.Directory : TarEntryType.RegularFile;
        PosixTarEntry header = Math.Max(Bytes(entry.Name), Bytes(entry.LinkTarget ?? "")) <= UstarNameBytes
            ? new UstarTarEntry(type, entry.Name)
            : new GnuTarEntry(type, entry.Name) { AccessTime = DateTimeOffset.UnixEpoch, ChangeTime = DateTimeOffset.UnixEpoch };
        header.ModificationTime = DateTimeOffset.UnixEpoch;
        header.Mode = entry.Mode;
        header.Uid = entry.Owner;
        header.Gid = entry.Owner;
        if (entry.LinkTarget is { } target)
            header.LinkName = target;
        return header;
    }

    private static int Bytes(string text) => System.Text.Encoding.UTF8.GetByteCount(text);

    private static string SafePath(string folder, TarEntry entry)
    {
        if (entry.EntryType is not (TarEntryType.RegularFile or TarEntryType.Directory))
            throw new LayerException($"The layer's entry '{entry.Name}' is a {entry.EntryType}: only files and folders are unpacked.");
        var name = entry.Name.TrimEnd('/');
        var parts = name.Split('/');
        var safe = parts[0] == AppLayer.Root && !name.Contains('\\', StringComparison.Ordinal)
            && parts.All(part => part is not ("" or "." or "..") && !part.Contains('\0', StringComparison.Ordinal));
        return safe
            ? Path.Combine([folder, .. parts])
            : throw new LayerException($"The layer's entry '{entry.Name}' leaves '{AppLayer.Root}/': nothing is unpacked.");
    }

    private static async Task WriteFile(string path, TarEntry entry, CancellationToken cancellation)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = (entry.Mode & UnixFileMode.UserExecute) != 0 ? LayerEntry.Executable : LayerEntry.Plain;
        await using var file = new FileStream(path, options);
        if (entry.DataStream is { } content)
            await content.CopyToAsync(file, cancellation);
        file.Flush(flushToDisk: true);
    }
}
