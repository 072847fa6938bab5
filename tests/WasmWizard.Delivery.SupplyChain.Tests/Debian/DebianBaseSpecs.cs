using Microsoft.Extensions.Time.Testing;
using WasmWizard.Delivery.Containers;
using WasmWizard.Delivery.SupplyChain.Debian;

namespace WasmWizard.Delivery.SupplyChain.Tests.Debian;

public sealed class DebianBaseSpecs : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly FakeTimeProvider _time = new(DateTimeOffset.UtcNow);

    public void Dispose() => _folder.Dispose();

    [ToolFact("apt-get", "gpg", "gpgv", "dpkg-deb")]
    public async Task Two_roots_from_one_mirror_are_the_same_and_hold_what_an_image_needs()
    {
        using var mirror = await SampleMirror.StartAsync(_time.GetUtcNow());

        var first = await LayOutAsync(mirror, "one");
        var second = await LayOutAsync(mirror, "two");

        Assert.Equal(first.Key, second.Key);
        Assert.Equal(
            await RootLayer.Write(_folder["one"], BaseRoot.User, _folder["one.tar"]),
            await RootLayer.Write(_folder["two"], BaseRoot.User, _folder["two.tar"]));
        Assert.Equal(["base-files 13", "ca-certificates 1", "libc6 2.41-1", "libssl3t64 3.5.4-2"], first.Packages.Select(package => $"{package.Package} {package.Version}"));
        Assert.Equal("new\n", await File.ReadAllTextAsync(_folder["one/usr/lib/x86_64-linux-gnu/libssl.so.3"]));
        Assert.Equal("old way\n", await File.ReadAllTextAsync(_folder["one/usr/lib/x86_64-linux-gnu/libc.so.6"]));
        Assert.Equal("usr/lib", new FileInfo(_folder["one/lib"]).LinkTarget);
        Assert.Equal("A\nB\n", await File.ReadAllTextAsync(_folder["one/etc/ssl/certs/ca-certificates.crt"]));
        Assert.Contains("wasm-wizard:x:65532:65532", await File.ReadAllTextAsync(_folder["one/etc/passwd"]), StringComparison.Ordinal);
        Assert.True(Directory.Exists(_folder["one/tmp"]));
        Assert.False(Directory.Exists(_folder["one/usr/lib/x86_64-linux-gnu/gconv"]));
        Assert.False(File.Exists(_folder["one/usr/share/doc/base-files/README"]));
        Assert.Equal(first.Packages.Select(package => package.ToString()), DpkgDatabase.Read(_folder["one"]).Select(package => package.ToString()));
    }

    [ToolFact("apt-get", "gpg", "gpgv", "dpkg-deb")]
    public async Task A_base_that_is_at_hand_is_not_laid_out_again()
    {
        using var mirror = await SampleMirror.StartAsync(_time.GetUtcNow());
        var first = await LayOutAsync(mirror, "one");

        var again = await LayOutAsync(mirror, "two", known: first.Key);

        Assert.Equal(first.Key, again.Key);
        Assert.Empty(Directory.GetFileSystemEntries(_folder["two"]));
    }

    [ToolFact("apt-get", "gpg", "gpgv", "dpkg-deb")]
    public async Task Nothing_but_what_was_signed_is_laid_out()
    {
        using var mirror = await SampleMirror.StartAsync(_time.GetUtcNow());
        using var stranger = await SigningArchive.CreateAsync();

        await Assert.ThrowsAsync<MissingDataException>(() => new DebianBase(stranger.Keyring, mirror.Address, _time).LayOutAsync(SampleMirror.Recipe, Root("foreign"), null, CancellationToken.None));
        mirror.Exchange("base-files", "13");
        await Assert.ThrowsAnyAsync<SupplyDataException>(() => LayOutAsync(mirror, "exchanged"));
        Assert.False(File.Exists(_folder["exchanged/usr/lib/os-release"]));
    }

    [ToolFact("apt-get", "gpg", "gpgv", "dpkg-deb")]
    public async Task A_clock_before_the_index_and_one_after_its_end_are_told()
    {
        using var mirror = await SampleMirror.StartAsync(_time.GetUtcNow());

        var early = new FakeTimeProvider(_time.GetUtcNow().AddDays(-1));
        Assert.Contains("clock", (await Assert.ThrowsAsync<CorruptDataException>(() => LayOutAsync(mirror, "early", time: early))).Message, StringComparison.Ordinal);
        var late = new FakeTimeProvider(_time.GetUtcNow().AddDays(8));
        Assert.Contains("was valid until", (await Assert.ThrowsAsync<MissingDataException>(() => LayOutAsync(mirror, "late", time: late))).Message, StringComparison.Ordinal);
    }

    [ToolFact("apt-get")]
    public async Task A_mirror_that_is_not_there_is_missing_data()
    {
        var none = new DebianBase(SecurityIndex.DefaultKeyring, "http://127.0.0.1:9/debian", _time);

        Assert.Contains("127.0.0.1:9", (await Assert.ThrowsAsync<MissingDataException>(() => none.LayOutAsync(SampleMirror.Recipe, Root("none"), null, CancellationToken.None))).Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<MissingDataException>(() => new DebianBase(SecurityIndex.DefaultKeyring, "ftp://mirror.test", _time).LayOutAsync(SampleMirror.Recipe, Root("ftp"), null, CancellationToken.None));
    }

    private string Root(string name) => Directory.CreateDirectory(_folder[name]).FullName;

    private Task<ResolvedBase> LayOutAsync(SampleMirror mirror, string name, string? known = null, TimeProvider? time = null) =>
        new DebianBase(mirror.Keyring, mirror.Address, time ?? _time).LayOutAsync(SampleMirror.Recipe, Root(name), known, CancellationToken.None);
}
