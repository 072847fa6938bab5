using System.Formats.Tar;
using System.Globalization;
using System.Text.Json.Nodes;

namespace WasmWizard.Delivery.Compose.Engine;

/// <summary>Files of a container or of a volume in it, read and written as tars; the container need not run.</summary>
public static class Archive
{
    /// <param name="Name">Relative to the folder.</param>
    /// <param name="Mode">E.g. owner may read.</param>
    /// <param name="Owner">User and group id.</param>
    public sealed record Entry(string Name, byte[] Content, UnixFileMode Mode, int Owner)
    {
        /// <summary>The engine gives it to the file when all of the content is there.</summary>
        public DateTimeOffset Modified { get; init; } = DateTimeOffset.UtcNow;

        public FileStamp Stamp => new(Content.Length, Modified);
    }

    /// <summary>Writes files below a folder that exists.</summary>
    public static async Task Put(this EngineClient engine, string container, string folder, IEnumerable<Entry> entries, CancellationToken cancellation)
    {
        using var tar = new MemoryStream();
        await using (var writer = new TarWriter(tar, TarEntryFormat.Pax, leaveOpen: true))
        {
            foreach (var entry in entries)
            {
                await writer.WriteEntryAsync(new PaxTarEntry(TarEntryType.RegularFile, entry.Name)
                {
                    DataStream = new MemoryStream(entry.Content),
                    Mode = entry.Mode,
                    Uid = entry.Owner,
                    Gid = entry.Owner,
                    ModificationTime = entry.Modified,
                }, cancellation);
            }
        }

        tar.Position = 0;
        await engine.Send(HttpMethod.Put, $"/containers/{container}/archive?path={Uri.EscapeDataString(folder)}", tar, cancellation);
    }

    /// <summary>What is known of a file without its content; null when it is not there. Much cheaper than the file: the engine starts a process of its own for each tar.</summary>
    public static async Task<FileStamp?> Stat(this EngineClient engine, string container, string path, CancellationToken cancellation)
    {
        if (await engine.Head($"/containers/{container}/archive?path={Uri.EscapeDataString(path)}", "X-Docker-Container-Path-Stat", cancellation) is not { } encoded)
            return null;
        var stat = JsonNode.Parse(Convert.FromBase64String(encoded))!;
        return new(stat["size"]!.GetValue<long>(), DateTimeOffset.Parse(stat["mtime"]!.GetValue<string>(), CultureInfo.InvariantCulture));
    }

    /// <summary>Every file below a path, by its name relative to the path's own folder; empty when the path is not there.</summary>
    public static async Task<IReadOnlyDictionary<string, byte[]>> GetAll(this EngineClient engine, string container, string path, CancellationToken cancellation)
    {
        byte[] tar;
        try
        {
            tar = await engine.Bytes($"/containers/{container}/archive?path={Uri.EscapeDataString(path)}", cancellation);
        }
        catch (EngineException absent) when (absent.Status == 404)
        {
            return new Dictionary<string, byte[]>();
        }

        var files = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        using var reader = new TarReader(new MemoryStream(tar));
        while (await reader.GetNextEntryAsync(copyData: true, cancellation) is { } entry)
        {
            if (entry.EntryType is not (TarEntryType.RegularFile or TarEntryType.V7RegularFile))
                continue;
            using var content = new MemoryStream();
            if (entry.DataStream is { } data)
                await data.CopyToAsync(content, cancellation);
            files[entry.Name] = content.ToArray();
        }

        return files;
    }

    /// <summary>One file; null when it is not there.</summary>
    public static async Task<byte[]?> Get(this EngineClient engine, string container, string path, CancellationToken cancellation) =>
        (await engine.GetAll(container, path, cancellation)).Values.FirstOrDefault();
}

/// <summary>Tells one content of a file from another: whoever writes it gives it another time.</summary>
public readonly record struct FileStamp(long Bytes, DateTimeOffset Modified);
