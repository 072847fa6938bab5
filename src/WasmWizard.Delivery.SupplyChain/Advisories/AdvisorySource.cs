using System.IO.Compression;
using System.Text.Json;

namespace WasmWizard.Delivery.SupplyChain.Advisories;

/// <summary>
/// Opens a database of vulnerabilities wherever it lies: OSV records (a folder, a zip, one file) or NuGet's vulnerability data (a folder with
/// its index, or the address of a source or index).
/// </summary>
public sealed class AdvisorySource(HttpClient client)
{
    private const string ResourceType = "VulnerabilityInfo/6.7.0";
    private const string AnotherCopy = "give a folder, zip, file or URL with --advisories";

    private readonly Download _download = new(client);

    /// <param name="place">A path, or an address that begins with <c>http://</c> or <c>https://</c>.</param>
    /// <param name="cancellation">Ends the download.</param>
    /// <exception cref="SupplyDataException">It cannot be used; nothing is kept of it.</exception>
    public Task<AdvisoryDatabase> OpenAsync(string place, CancellationToken cancellation) =>
        Uri.TryCreate(place, UriKind.Absolute, out var address) && address.Scheme is "http" or "https"
            ? FetchAsync(address, cancellation)
            : Task.FromResult(Open(place));

    /// <summary>The first of several places that has data. Corrupt data is not passed over.</summary>
    /// <exception cref="MissingDataException">None has; says of each why.</exception>
    /// <exception cref="CorruptDataException">The first that answers has no whole data.</exception>
    public async Task<AdvisoryDatabase> OpenFirstAsync(IReadOnlyList<string> places, CancellationToken cancellation)
    {
        var misses = new List<string>();
        foreach (var place in places)
        {
            try
            {
                return await OpenAsync(place, cancellation);
            }
            catch (MissingDataException missing)
            {
                misses.Add(missing.Message);
            }
        }
        throw new MissingDataException($"no vulnerability data: {(misses.Count > 0 ? string.Join("; ", misses) : "no place to look for it was given")}", AnotherCopy);
    }

    private static AdvisoryDatabase Open(string path)
    {
        if (Directory.Exists(path))
            return OpenFolder(path);
        return File.Exists(path) ? OfBytes(ReadFile(path), path) : throw new MissingDataException($"{path} does not exist", AnotherCopy);
    }

    private static AdvisoryDatabase OpenFolder(string folder)
    {
        var index = Path.Combine(folder, "index.json");
        if (File.Exists(index))
        {
            return OfDump(
                VulnerabilityDump.ReadIndex(ReadFile(index), index),
                page => ReadFile(Path.Combine(folder, page.Id.Split('/', '\\')[^1])),
                folder);
        }
        var dumps = Directory.GetFiles(folder, "vulnerability.*.json");
        if (dumps.Length > 0)
            throw new MissingDataException($"{dumps[0]} says no date without its index.json", AnotherCopy);
        var files = Directory.GetFiles(folder, "*.json", SearchOption.AllDirectories).Order(StringComparer.Ordinal);
        return OfRecords(files.SelectMany(file => OsvReader.Read(ReadFile(file), file)), folder);
    }

    private async Task<AdvisoryDatabase> FetchAsync(Uri address, CancellationToken cancellation)
    {
        var bytes = await _download.GetAsync(address, cancellation);
        var shown = Download.Shown(address);
        if (!IsJson(bytes))
            return OfBytes(bytes, shown);
        if (ServiceIndex(bytes, shown) is { } service)
        {
            address = service.Resource ?? throw new MissingDataException($"{shown} offers no {ResourceType}: it has no vulnerability data", AnotherCopy);
            bytes = await _download.GetAsync(address, cancellation);
            return await FetchDumpAsync(address, bytes, cancellation);
        }
        return IsDumpIndex(bytes) ? await FetchDumpAsync(address, bytes, cancellation) : OfBytes(bytes, shown);
    }

    private async Task<AdvisoryDatabase> FetchDumpAsync(Uri address, byte[] index, CancellationToken cancellation)
    {
        var shown = Download.Shown(address);
        var pages = VulnerabilityDump.ReadIndex(index, shown);
        var contents = new Dictionary<DumpPage, byte[]>();
        foreach (var page in pages)
            contents[page] = await _download.GetAsync(new Uri(address, page.Id), cancellation);
        return OfDump(pages, page => contents[page], shown);
    }

    /// <summary>The dump is as new as its newest page.</summary>
    private static AdvisoryDatabase OfDump(IReadOnlyList<DumpPage> pages, Func<DumpPage, byte[]> content, string from) =>
        new(pages.SelectMany(page => VulnerabilityDump.ReadPage(content(page), $"page {page.Name} of {from}")), pages.Max(page => page.Updated), from);

    private static AdvisoryDatabase OfBytes(byte[] bytes, string from) =>
        OfRecords(IsJson(bytes) ? OsvReader.Read(bytes, from) : Unpack(bytes, from), from);

    private static AdvisoryDatabase OfRecords(IEnumerable<OsvRecord> records, string from)
    {
        var all = records.ToList();
        return all.Count > 0
            ? new(all.SelectMany(record => record.Advisories), all.Max(record => record.Modified), from)
            : throw new MissingDataException($"{from} holds no advisory", AnotherCopy);
    }

    private static List<OsvRecord> Unpack(byte[] bytes, string from)
    {
        try
        {
            using var zip = new ZipArchive(new MemoryStream(bytes));
            return [.. zip.Entries.Where(entry => entry.Name.EndsWith(".json", StringComparison.Ordinal)).SelectMany(entry => OsvReader.Read(Content(entry), $"{entry.FullName} in {from}"))];
        }
        catch (InvalidDataException problem)
        {
            throw new CorruptDataException($"{from} is neither JSON nor a whole zip", "fetch it again", problem);
        }
    }

    private static byte[] Content(ZipArchiveEntry entry)
    {
        using var stream = entry.Open();
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }

    private static byte[] ReadFile(string path)
    {
        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new CorruptDataException($"{path} cannot be read", AnotherCopy, problem);
        }
    }

    private static bool IsJson(ReadOnlySpan<byte> bytes) => bytes.TrimStart(" \t\r\n"u8) is [(byte)'{' or (byte)'[', ..];

    private static bool IsDumpIndex(byte[] bytes) => bytes.AsSpan().IndexOf("\"@updated\""u8) >= 0;

    /// <summary>Null when the document is no service index.</summary>
    private static Service? ServiceIndex(byte[] bytes, string from)
    {
        try
        {
            using var document = JsonDocument.Parse(bytes);
            if (document.RootElement.ValueKind != JsonValueKind.Object || !document.RootElement.TryGetProperty("resources", out var resources))
                return null;
            var found = resources.EnumerateArray().FirstOrDefault(resource => resource.GetProperty("@type").GetString() == ResourceType);
            return new(found.ValueKind == JsonValueKind.Object ? new Uri(found.GetProperty("@id").GetString()!) : null);
        }
        catch (Exception problem) when (problem is JsonException or InvalidOperationException or KeyNotFoundException or UriFormatException)
        {
            throw new CorruptDataException($"{from} is not a whole JSON document", "fetch it again", problem);
        }
    }

    /// <param name="Resource">Null when the source has no vulnerability data.</param>
    private sealed record Service(Uri? Resource);
}
