using System.Security.Cryptography;
using System.Text;
using WasmWizard.Delivery.SupplyChain.Tools;

namespace WasmWizard.Delivery.SupplyChain.Tests.Debian;

/// <summary>An archive of security updates with keys of its own.</summary>
internal sealed class SigningArchive : IDisposable
{
    public const string Packages = """
        Package: libssl3t64
        Source: openssl
        Version: 3.5.4-1~deb13u1
        Architecture: amd64

        Package: openssl
        Version: 3.5.4-1~deb13u2
        Architecture: amd64

        Package: libstdc++6
        Source: gcc-14 (14.2.0-19)
        Version: 14.2.0-19+b1
        Architecture: amd64

        """;

    private readonly TemporaryFolder _folder = new();

    public string Folder => _folder.Path;

    public string Keyring => _folder["keyring.gpg"];

    public static string Release(string packages, string codename = "trixie-security", string date = "Sun, 01 Feb 2026 10:00:00 UTC", string until = "Sun, 08 Feb 2026 10:00:00 UTC") => $"""
        Origin: Debian
        Codename: {codename}
        Date: {date}
        Valid-Until: {until}
        SHA256:
         {Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(packages)))} {packages.Length} main/binary-amd64/Packages
        """;

    public static async Task<SigningArchive> CreateAsync()
    {
        var archive = new SigningArchive();
        Directory.CreateDirectory(archive._folder["home"]);
        await archive.Gpg("--quick-generate-key", "archive@example.test", "ed25519", "sign", "never");
        await archive.Gpg("--output", archive.Keyring, "--export");
        return archive;
    }

    /// <summary>Writes and signs an index.</summary>
    public async Task<string> PublishAsync(string name, string? release = null, string? packages = null)
    {
        var index = _folder[name];
        Directory.CreateDirectory(index);
        _folder.Write($"{name}/Packages", packages ?? Packages);
        await Gpg("--output", Path.Combine(index, "InRelease"), "--clearsign", _folder.Write($"{name}/Release", release ?? Release(packages ?? Packages)));
        return index;
    }

    public void Dispose()
    {
        Tool.Find("gpgconf")?.RunAsync(["--homedir", _folder["home"], "--kill", "all"]).GetAwaiter().GetResult();
        _folder.Dispose();
    }

    private async Task Gpg(params string[] arguments)
    {
        var output = await Tool.Find("gpg")!.RunAsync(["--homedir", _folder["home"], "--batch", "--quiet", "--yes", "--pinentry-mode", "loopback", "--passphrase", "", .. arguments]);
        Assert.True(output.ExitCode == 0, output.Errors);
    }
}
