namespace WasmWizard.Delivery.SupplyChain.Debian;

/// <summary>
/// Keeps the security index of a release at hand. It is fetched by apt, by default from the mirror that the machine's own apt is configured with, into
/// a folder of its own: the machine's package lists stay as they are, and a release other than the machine's can be asked for.
/// </summary>
/// <param name="folder">Kept between runs; safe for several at once, because a fetched index appears whole or not at all.</param>
/// <param name="keyring">The keys of the distribution's archive; see <see cref="SecurityIndex.DefaultKeyring"/>.</param>
/// <param name="time">What ages are judged by.</param>
/// <param name="mirror">The mirror to fetch from; null for the machine's.</param>
public sealed class SecurityIndexCache(string folder, string keyring, TimeProvider time, string? mirror = null)
{
    private const string Head = "InRelease";
    private const string Body = "Packages";
    private const int Kept = 4;

    /// <summary>Debian publishes updates a few times a day; an index that was looked for less than this ago is not looked for again.</summary>
    private static readonly TimeSpan Fresh = TimeSpan.FromHours(6);

    /// <param name="codename">The release, e.g. <c>trixie</c>.</param>
    /// <param name="cancellation">Ends the fetch.</param>
    /// <returns>The newest index at hand; an old one when no newer can be had, for the gate to judge by its dates.</returns>
    /// <exception cref="SupplyDataException">There is none, or it cannot be trusted.</exception>
    public async Task<SecurityIndex> GetAsync(string codename, CancellationToken cancellation)
    {
        var newest = Newest(codename);
        if (newest is null || time.GetUtcNow() - File.GetLastWriteTimeUtc(Path.Combine(newest, Head)) > Fresh)
        {
            try
            {
                newest = await FetchAsync(codename, cancellation);
            }
            catch (MissingDataException) when (newest is not null)
            {
                return await ReadAsync(newest, cancellation);
            }
        }
        return await ReadAsync(newest, cancellation);
    }

    /// <summary>Reads an index from two files: <c>InRelease</c> and the uncompressed <c>Packages</c>.</summary>
    /// <exception cref="SupplyDataException">There is none, or it cannot be trusted.</exception>
    public async Task<SecurityIndex> ReadAsync(string index, CancellationToken cancellation)
    {
        var release = await SignedRelease.ReadAsync(Path.Combine(index, Head), keyring, cancellation);
        var body = Path.Combine(index, Body);
        return File.Exists(body)
            ? SecurityIndex.Read(release, await File.ReadAllBytesAsync(body, cancellation))
            : throw new MissingDataException($"{body} does not exist", "./build.sh Scan");
    }

    private string? Newest(string codename) => Directory.Exists(Path.Combine(folder, codename))
        ? Directory.GetDirectories(Path.Combine(folder, codename)).Order(StringComparer.Ordinal).LastOrDefault()
        : null;

    private async Task<string> FetchAsync(string codename, CancellationToken cancellation)
    {
        using var work = new WorkFolder();
        var (head, body) = await new AptIndex(work.Path, keyring, mirror).FetchAsync(codename, cancellation);
        var release = await SignedRelease.ReadAsync(head, keyring, cancellation);
        SecurityIndex.Read(release, body);
        var kept = Path.Combine(folder, codename, release.Date.ToString("yyyyMMddHHmmss", null));
        if (!Directory.Exists(kept))
            await KeepAsync(head, body, kept, cancellation);
        File.SetLastWriteTimeUtc(Path.Combine(kept, Head), time.GetUtcNow().UtcDateTime);
        return kept;
    }

    /// <summary>Another run may keep the same index at the same time; then one of the two equal copies stays.</summary>
    private async Task KeepAsync(string head, byte[] body, string kept, CancellationToken cancellation)
    {
        var half = Path.Combine(folder, $"half-{Guid.NewGuid():N}");
        Directory.CreateDirectory(half);
        try
        {
            File.Copy(head, Path.Combine(half, Head));
            await File.WriteAllBytesAsync(Path.Combine(half, Body), body, cancellation);
            var parent = Directory.CreateDirectory(Path.GetDirectoryName(kept)!).FullName;
            Directory.Move(half, kept);
            foreach (var old in Directory.GetDirectories(parent).OrderDescending(StringComparer.Ordinal).Skip(Kept))
                Directory.Delete(old, recursive: true);
        }
        catch (IOException) when (Directory.Exists(kept))
        {
            return;
        }
        finally
        {
            if (Directory.Exists(half))
                Directory.Delete(half, recursive: true);
        }
    }
}
