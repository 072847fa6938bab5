using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using WasmWizard.Delivery.Compose.Engine;
using WasmWizard.Delivery.Rollouts;

namespace WasmWizard.Delivery.Compose.Tests.Fixtures;

/// <summary>A container engine of its own with every image that a staging environment needs, and a certificate; ended by its pid.</summary>
public sealed class StagingEngine : IAsyncLifetime
{
    public const string Host = "staging.wasm-wizard.test";

    private Process? _process;
    private StagingEnvironment? _standing;

    // Short: a socket's path may have 107 bytes.
    public string Root { get; } = Directory.CreateTempSubdirectory("ww-engine-").FullName;

    public EngineAddress Address => EngineAddress.Parse($"unix://{Root}/docker.sock");

    public string Certificate => Path.Combine(Root, "tls.crt");

    public string CertificateKey => Path.Combine(Root, "tls.key");

    public string Authority => Path.Combine(Root, "ca.crt");

    /// <summary>First three parts of two networks that nothing on this machine is in: other engines may run beside this one.</summary>
    public (string Network, string Control) Subnets { get; } = FreeSubnets();

    /// <summary>A healthy environment for tests that do not need a clean engine; each leaves it healthy to the next.</summary>
    internal async Task<StagingEnvironment> StandingAsync()
    {
        if (_standing is null)
        {
            var made = await StagingEnvironment.OpenAsync(this);
            made.Is<RolloutOutcome.Healthy>(await made.Staging.Deploy(await made.ReleaseAsync("base")));
            Stands(made);
        }

        return _standing!;
    }

    /// <summary>Takes over an environment that is healthy.</summary>
    internal void Stands(StagingEnvironment made) => _standing = made;

    /// <summary>Before something else is made of the engine.</summary>
    internal async Task EndStandingAsync()
    {
        if (_standing is { } ended)
        {
            _standing = null;
            await ended.DisposeAsync();
        }
    }

    public async Task InitializeAsync()
    {
        if (TestImages.Absent() is not null)
            return;
        MakeCertificates();
        await StartAsync();
        using var engine = new EngineClient(Address);
        await TestImages.BuildAsync(engine, Root);
    }

    public async Task DisposeAsync()
    {
        if (_process is not null)
        {
            await EndStandingAsync();
            // Networks too: the host would keep their bridges, and another engine could not use the addresses.
            using (var engine = new EngineClient(Address))
                await StagingEnvironment.ClearAsync(engine);

            using (var term = Process.Start("kill", ["-TERM", _process.Id.ToString(CultureInfo.InvariantCulture)]))
                await term.WaitForExitAsync();
            await _process.WaitForExitAsync();
            _process.Dispose();
        }

        Directory.Delete(Root, recursive: true);
    }

    /// <summary>An image as the service's, told apart by a file; with other words after FROM where given.</summary>
    public static async Task VariantAsync(EngineClient engine, string variant, string name, params string[] changes)
    {
        const string draft = "variant-draft";
        await engine.Remove(draft, CancellationToken.None);
        await engine.TryCreate(draft, new JsonObject { ["Image"] = TestImages.Service, ["HostConfig"] = new JsonObject { ["NetworkMode"] = "none" } }, CancellationToken.None);
        await engine.Put(draft, "/app", [new("variant.txt", System.Text.Encoding.UTF8.GetBytes(variant), UnixFileMode.UserRead | UnixFileMode.OtherRead, 0)], CancellationToken.None);
        var parts = name.Split(':');
        await engine.Post($"/commit?container={draft}&repo={parts[0]}&tag={parts[1]}{string.Concat(changes.Select(change => $"&changes={Uri.EscapeDataString(change)}"))}", new JsonObject(), CancellationToken.None);
        await engine.Remove(draft, CancellationToken.None);
    }

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static (string Network, string Control) FreeSubnets()
    {
        var taken = NetworkInterface.GetAllNetworkInterfaces()
            .SelectMany(one => one.GetIPProperties().UnicastAddresses)
            .Select(address => address.Address.ToString())
            .ToList();
        var free = Enumerable.Range(0, 128)
            .Select(number => ($"172.30.{2 * number}", $"172.30.{(2 * number) + 1}"))
            .Where(pair => !taken.Any(address => address.StartsWith(pair.Item1 + ".", StringComparison.Ordinal) || address.StartsWith(pair.Item2 + ".", StringComparison.Ordinal)))
            .ToArray();
        // Of many by chance: another run may look at the same moment.
        return Random.Shared.GetItems(free, 1)[0];
    }

    private async Task StartAsync()
    {
        _process = Process.Start(new ProcessStartInfo(
            "dockerd",
            [
                "--host", Address.Text, "--data-root", Path.Combine(Root, "data"), "--exec-root", Path.Combine(Root, "exec"), "--pidfile", Path.Combine(Root, "pid"),
                "--bridge", "none", "--userland-proxy-path", "/usr/sbin/docker-proxy",
            ])
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
            // It starts itself anew for every file that goes in or out; a quarter of that time is the collection of what the start allocates.
            Environment = { ["GOGC"] = "400" },
        })!;
        var ready = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var last = "";
        _process.ErrorDataReceived += (_, line) =>
        {
            if (line.Data is null)
                ready.TrySetException(new InvalidOperationException($"dockerd ended before it served: {last}"));
            else if ((last = line.Data).Contains("API listen on", StringComparison.Ordinal))
                ready.TrySetResult();
        };
        _process.BeginErrorReadLine();
        _process.BeginOutputReadLine();
        await ready.Task.WaitAsync(TimeSpan.FromMinutes(3));
    }

    private void MakeCertificates()
    {
        using var authorityKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=test authority", authorityKey, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, 0, critical: true));
        using var authority = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(30));
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var leaf = new CertificateRequest($"CN={Host}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(Host);
        leaf.CertificateExtensions.Add(names.Build());
        using var certificate = leaf.Create(authority, DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(20), RandomNumberGenerator.GetBytes(8));
        File.WriteAllText(Authority, authority.ExportCertificatePem());
        File.WriteAllText(Certificate, certificate.ExportCertificatePem());
        File.WriteAllText(CertificateKey, key.ExportPkcs8PrivateKeyPem());
    }
}

/// <summary>A test that deploys to a real engine; where a program is absent it is reported as skipped with its name, which master does not accept.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class EngineFactAttribute : FactAttribute
{
    public EngineFactAttribute() => Skip = TestImages.Absent();
}

[CollectionDefinition(Name)]
public sealed class OneEngine : ICollectionFixture<StagingEngine>
{
    public const string Name = "one engine";
}
