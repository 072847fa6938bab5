using System.Text;
using Microsoft.Extensions.Time.Testing;
using WasmWizard.Delivery.SupplyChain.Debian;

namespace WasmWizard.Delivery.SupplyChain.Tests.Debian;

public class SecurityIndexSpecs
{
    [Theory]
    [InlineData("libssl3t64", "openssl", "3.5.1-1", "3.5.4-1~deb13u2")]
    [InlineData("libssl3t64", "openssl", "3.5.4-1~deb13u2", null)]
    [InlineData("libssl3t64", "openssl", "1:1.0-1", null)]
    [InlineData("libgcc-s1", "gcc-14", "14.2.0-18", "14.2.0-19")]
    [InlineData("libgcc-s1", "gcc-14", "14.2.0-19", null)]
    [InlineData("tzdata", "tzdata", "2025b-4", null)]
    public void Updates_are_looked_up_by_source_package(string package, string source, string sourceVersion, string? expected)
    {
        var version = DebianVersion.Parse(sourceVersion)!;
        var record = new DpkgRecord(package, DebianVersion.Parse(sourceVersion + "+b9")!, "amd64", source, version);

        Assert.Equal(expected, Read().MissingFrom(record)?.ToString());
    }

    [Fact]
    public void The_head_says_of_when_and_until_when_it_is()
    {
        var index = Read();

        Assert.Equal("trixie", index.Codename);
        Assert.Equal(new(2026, 2, 1, 10, 0, 0, TimeSpan.Zero), index.Date);
        Assert.Equal(new DateTimeOffset(2026, 2, 8, 10, 0, 0, TimeSpan.Zero), index.ValidUntil);
        Assert.Equal(["gcc-14", "openssl"], index.Updates.Keys.Order());
    }

    [Fact]
    public void An_index_that_is_not_the_signed_one_is_corrupt()
    {
        var release = SignedRelease.Parse(SigningArchive.Release(SigningArchive.Packages), "InRelease");

        Assert.Throws<CorruptDataException>(() => SecurityIndex.Read(release, Encoding.UTF8.GetBytes(SigningArchive.Packages[..^20])));
        Assert.Throws<CorruptDataException>(() => SecurityIndex.Read(release with { Codename = "trixie" }, Encoding.UTF8.GetBytes(SigningArchive.Packages)));
        var torn = SigningArchive.Packages.Replace("Version: 3.5.4-1~deb13u1", "Version: ?", StringComparison.Ordinal);
        Assert.Throws<CorruptDataException>(() => SecurityIndex.Read(SignedRelease.Parse(SigningArchive.Release(torn), "InRelease"), Encoding.UTF8.GetBytes(torn)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("Codename: trixie-security\nDate: Sun, 01 Feb 2026 10:00:00 UTC\n")]
    [InlineData("Codename: trixie-security\nDate: yesterday\nSHA256:\n")]
    [InlineData("Codename: trixie-security\nDate: yesterday\nSHA256:\n abc 1 main/Packages\n")]
    [InlineData("Codename: trixie-security\nDate: Sun, 01 Feb 2026 10:00:00 UTC\nSHA256:\n abc 1 main/Packages\n")]
    [InlineData("Date: Sun, 01 Feb 2026 10:00:00 UTC\n")]
    public void A_torn_head_is_corrupt(string text) => Assert.Throws<CorruptDataException>(() => SignedRelease.Parse(text, "InRelease"));

    [ToolFact("gpg", "gpgv")]
    public async Task Only_an_index_that_the_archive_signed_is_read()
    {
        using var archive = await SigningArchive.CreateAsync();
        using var stranger = await SigningArchive.CreateAsync();
        var index = await archive.PublishAsync("index");
        var cache = Cache(archive, archive.Keyring);

        Assert.Equal("trixie", (await cache.ReadAsync(index, CancellationToken.None)).Codename);
        await Assert.ThrowsAsync<CorruptDataException>(() => Cache(archive, stranger.Keyring).ReadAsync(index, CancellationToken.None));
        await Assert.ThrowsAsync<MissingDataException>(() => Cache(archive, archive.Keyring + ".none").ReadAsync(index, CancellationToken.None));
        await Assert.ThrowsAsync<MissingDataException>(() => cache.ReadAsync(index + ".none", CancellationToken.None));

        var head = Path.Combine(index, "InRelease");
        var signed = await File.ReadAllTextAsync(head);
        await File.WriteAllTextAsync(head, signed.Replace("08 Feb", "18 Feb", StringComparison.Ordinal));
        await Assert.ThrowsAsync<CorruptDataException>(() => cache.ReadAsync(index, CancellationToken.None));
        await File.WriteAllTextAsync(head, signed[..(signed.Length / 2)]);
        await Assert.ThrowsAsync<CorruptDataException>(() => cache.ReadAsync(index, CancellationToken.None));
        await File.WriteAllTextAsync(head, signed);
        File.Delete(Path.Combine(index, "Packages"));
        await Assert.ThrowsAsync<MissingDataException>(() => cache.ReadAsync(index, CancellationToken.None));
    }

    [ToolFact("gpg", "gpgv")]
    public async Task A_recent_index_is_not_fetched_again()
    {
        using var archive = await SigningArchive.CreateAsync();
        var old = await archive.PublishAsync("trixie/20260101000000");
        var index = await archive.PublishAsync("trixie/20260201100000");
        var time = new FakeTimeProvider(new(2026, 2, 1, 12, 0, 0, TimeSpan.Zero));
        File.SetLastWriteTimeUtc(Path.Combine(old, "InRelease"), time.GetUtcNow().UtcDateTime);
        File.SetLastWriteTimeUtc(Path.Combine(index, "InRelease"), time.GetUtcNow().UtcDateTime.AddHours(-5));

        var read = await new SecurityIndexCache(archive.Folder, archive.Keyring, time).GetAsync("trixie", CancellationToken.None);

        Assert.Equal(new(2026, 2, 1, 10, 0, 0, TimeSpan.Zero), read.Date);
    }

    [ToolFact("gpg", "gpgv", "apt-get")]
    public async Task Where_none_can_be_fetched_the_last_one_serves_and_without_one_it_is_missing()
    {
        using var archive = await SigningArchive.CreateAsync();
        var index = await archive.PublishAsync("nosuchrelease/20260201100000");
        var time = new FakeTimeProvider(new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));
        File.SetLastWriteTimeUtc(Path.Combine(index, "InRelease"), time.GetUtcNow().UtcDateTime.AddDays(-1));
        var cache = new SecurityIndexCache(archive.Folder, archive.Keyring, time);

        Assert.Equal("trixie", (await cache.GetAsync("nosuchrelease", CancellationToken.None)).Codename);
        await Assert.ThrowsAsync<MissingDataException>(() => cache.GetAsync("nosuchrelease2", CancellationToken.None));
    }

    [ToolFact("apt-get", "gpg", "gpgv", "dpkg-deb")]
    public async Task A_mirror_that_is_named_is_the_one_that_is_asked()
    {
        using var folder = new TemporaryFolder();
        using var mirror = await SampleMirror.StartAsync(DateTimeOffset.UtcNow);
        using var stranger = await SigningArchive.CreateAsync();

        var index = await new SecurityIndexCache(folder["cache"], mirror.Keyring, TimeProvider.System, mirror.Address).GetAsync("trixie", CancellationToken.None);

        Assert.Equal("3.5.4-2", Assert.Single(index.Updates).Value.ToString());
        await Assert.ThrowsAnyAsync<SupplyDataException>(() => new SecurityIndexCache(folder["other"], stranger.Keyring, TimeProvider.System, mirror.Address).GetAsync("trixie", CancellationToken.None));
        Assert.False(Directory.Exists(folder["other/trixie"]));
    }

    [ToolFact("apt-get", "gpgv")]
    [Trait("suite", "complete")]
    public async Task The_real_index_is_fetched_whole_by_two_runs_at_once_and_then_kept()
    {
        using var folder = new TemporaryFolder();
        var cache = new SecurityIndexCache(folder["cache"], SecurityIndex.DefaultKeyring, TimeProvider.System);

        var indexes = await Task.WhenAll(cache.GetAsync("trixie", CancellationToken.None), cache.GetAsync("trixie", CancellationToken.None));

        Assert.All(indexes, index => Assert.Equal(("trixie", true), (index.Codename, index.Updates.Count > 50)));
        var kept = Assert.Single(Directory.GetDirectories(folder["cache"]));
        Assert.Equal(["InRelease", "Packages"], Directory.GetFiles(Assert.Single(Directory.GetDirectories(kept))).Select(Path.GetFileName).Order());
        var openssl = DebianVersion.Parse("3.5.0-1")!;
        Assert.NotNull(indexes[0].MissingFrom(new("libssl3t64", openssl, "amd64", "openssl", openssl)));
        Assert.Equal(indexes[0].Date, (await cache.GetAsync("trixie", CancellationToken.None)).Date);
    }

    private static SecurityIndexCache Cache(SigningArchive archive, string keyring) => new(archive.Folder, keyring, TimeProvider.System);

    private static SecurityIndex Read() => SecurityIndex.Read(
        SignedRelease.Parse(SigningArchive.Release(SigningArchive.Packages), "InRelease"), Encoding.UTF8.GetBytes(SigningArchive.Packages));
}
