using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using WasmWizard.Delivery.SupplyChain.Debian;
using WasmWizard.Delivery.SupplyChain.Tools;

namespace WasmWizard.Delivery.SupplyChain.Tests.Debian;

/// <summary>A mirror of a small distribution: real packages, indexes signed with a key of its own, served on loopback.</summary>
internal sealed class SampleMirror : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly LoopbackServer _server = new();
    private readonly SigningArchive _archive;

    private SampleMirror(SigningArchive archive) => _archive = archive;

    public static BaseRecipe Recipe { get; } = new("sample", ["base-files", "ca-certificates", "libssl3t64"], ["debconf"]);

    public string Keyring => _archive.Keyring;

    public string Address => _server["/debian"].AbsoluteUri;

    /// <param name="now">The indexes are an hour old then.</param>
    /// <param name="withUpdate">Whether the security updates of libssl3t64 are there already.</param>
    public static async Task<SampleMirror> StartAsync(DateTimeOffset now, bool withUpdate = true)
    {
        var mirror = new SampleMirror(await SigningArchive.CreateAsync());
        var all = new StringBuilder();
        all.Append(await mirror.PackAsync("base-files", "13", "", ("usr/lib/os-release", "VERSION_CODENAME=trixie\n"), ("usr/share/doc/base-files/copyright", "Format: x\nLicense: GPL-2\n"), ("usr/share/doc/base-files/README", "no")));
        all.Append(await mirror.PackAsync("ca-certificates", "1", "Depends: libssl3t64 (>= 3), debconf (>= 0.5) | debconf-2.0\n", ("usr/share/ca-certificates/b.crt", "B\n"), ("usr/share/ca-certificates/a.crt", "A\n")));
        all.Append(await mirror.PackAsync("libc6", "2.41-1", "", ("lib/x86_64-linux-gnu/libc.so.6", "old way\n"), ("usr/lib/x86_64-linux-gnu/gconv/x.so", "no\n")));
        all.Append(await mirror.PackAsync("libssl3t64", "3.5.1-1", "Source: openssl\nDepends: libc6 (>= 2.36)\n", ("usr/lib/x86_64-linux-gnu/libssl.so.3", "old\n")));
        var update = await mirror.PackAsync("libssl3t64", "3.5.4-2", "Source: openssl\nDepends: libc6 (>= 2.36)\n", ("usr/lib/x86_64-linux-gnu/libssl.so.3", "new\n"));
        await mirror.PublishAsync("/debian", "trixie", all.ToString(), now);
        await mirror.PublishAsync("/debian", "trixie-updates", "", now);
        await mirror.PublishAsync("/debian-security", "trixie-security", withUpdate ? update : "", now);
        return mirror;
    }

    /// <summary>Replaces a package's bytes behind the back of the index.</summary>
    public void Exchange(string package, string version) => _server.Serve($"/debian/pool/{package}_{version}_amd64.deb", "something else");

    public void Dispose()
    {
        _server.Dispose();
        _archive.Dispose();
        _folder.Dispose();
    }

    private async Task PublishAsync(string root, string release, string packages, DateTimeOffset now)
    {
        var bytes = Encoding.UTF8.GetBytes(packages);
        var head = $"""
            Origin: Debian
            Suite: {release}
            Codename: {release}
            Date: {Stamp(now.AddHours(-1))}
            Valid-Until: {Stamp(now.AddDays(7))}
            Architectures: amd64
            Components: main
            SHA256:
             {Convert.ToHexStringLower(SHA256.HashData(bytes))} {bytes.Length} main/binary-amd64/Packages

            """;
        var index = await _archive.PublishAsync(release, head, packages);
        _server.Serve($"{root}/dists/{release}/InRelease", await File.ReadAllBytesAsync(Path.Combine(index, "InRelease")));
        _server.Serve($"{root}/dists/{release}/main/binary-amd64/Packages", bytes);
    }

    private async Task<string> PackAsync(string package, string version, string fields, params (string Path, string Text)[] files)
    {
        var folder = $"{package}-{version}";
        foreach (var (path, text) in files)
            _folder.Write($"{folder}/{path}", text);
        var control = $"Package: {package}\nVersion: {version}\nArchitecture: amd64\nMaintainer: nobody <nobody@example.test>\nDescription: sample\n{fields}";
        _folder.Write($"{folder}/DEBIAN/control", control);
        var deb = _folder[$"{package}_{version}_amd64.deb"];
        var output = await Tool.Find("dpkg-deb")!.RunAsync(["--root-owner-group", "--build", _folder[folder], deb]);
        Assert.True(output.ExitCode == 0, output.Errors);
        var bytes = await File.ReadAllBytesAsync(deb);
        foreach (var root in new[] { "/debian", "/debian-security" })
            _server.Serve($"{root}/pool/{Path.GetFileName(deb)}", bytes);
        return $"{control}Filename: pool/{Path.GetFileName(deb)}\nSize: {bytes.Length}\nSHA256: {Convert.ToHexStringLower(SHA256.HashData(bytes))}\n\n";
    }

    private static string Stamp(DateTimeOffset time) => time.ToUniversalTime().ToString("ddd, dd MMM yyyy HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);
}
