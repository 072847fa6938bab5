using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace WasmWizard.EndToEnd.Tests;

/// <summary>What people type wrongly, and what they ask for without an environment.</summary>
[Trait("suite", "complete")]
[Collection(TwoImages.Tests)]
public sealed class CommandLineSpecs(TwoImages images)
{
    [Theory]
    [InlineData("unknown target Deply", "Deploy", "Deply")]
    [InlineData("unknown parameter --brnch", "--branch", "Deploy", "--brnch", "research")]
    [InlineData("WW2101", "development", "Deploy", "--branch", "feature/x")]
    [InlineData("WW2102", "research runs on local or compose", "Deploy", "--branch", "research", "--on", "kubernetes")]
    [InlineData("WW2140", "ssh://user@host", "Deploy", "--branch", "development", "--docker-host", "tcp//nowhere")]
    [InlineData("WW2150", "--kube-context", "Status", "--branch", "master")]
    [InlineData("WW2141", "crash-loop", "Rehearse", "--branch", "master", "--faults", "thunder")]
    [InlineData("WW2110", "loopback", "Deploy", "--branch", "research", "--address", "http://192.0.2.1:80")]
    [InlineData("WW2111", "12 hex digits", "Rollback", "--branch", "research", "--to", "yesterday")]
    public async Task A_wrong_command_changes_nothing_says_what_is_required_and_ends_with_2(string observed, string required, params string[] arguments)
    {
        var ended = await (await Clone()).Build(arguments);

        Assert.True(ended.ExitCode == 2, ended.ToString());
        Assert.Contains(observed, ended.Output + ended.Error, StringComparison.OrdinalIgnoreCase);
        Assert.Contains(required, ended.Output + ended.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", ended.Output + ended.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_that_does_not_belong_to_its_certificate_is_told_as_the_kubeconfigs_fault()
    {
        using var key = ECDsa.Create();
        using var another = ECDsa.Create();
        using var certificate = new CertificateRequest("CN=deployer", key, HashAlgorithmName.SHA256).CreateSelfSigned(DateTimeOffset.UtcNow, DateTimeOffset.UtcNow.AddDays(1));
        var clone = await Clone();
        var file = Path.Combine(Path.GetDirectoryName(clone.Folder)!, "kubeconfig");
        await File.WriteAllTextAsync(file, $$"""
            apiVersion: v1
            kind: Config
            clusters: [{name: there, cluster: {server: "https://127.0.0.1:1" } }]
            users: [{name: deployer, user: {client-certificate-data: {{Encoded(certificate.ExportCertificatePem())}}, client-key-data: {{Encoded(another.ExportPkcs8PrivateKeyPem())}} } }]
            contexts: [{name: production, context: {cluster: there, user: deployer } }]
            """);

        var ended = await clone.Build("Status", "--branch", "master", "--kube-context", "production", "--kubeconfig", file);

        Assert.True(ended.ExitCode == 2, ended.ToString());
        Assert.Contains("WW2153", ended.Output + ended.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("PRIVATE KEY", ended.Output + ended.Error, StringComparison.Ordinal);

        static string Encoded(string pem) => Convert.ToBase64String(Encoding.ASCII.GetBytes(pem));
    }

    [Fact]
    public async Task An_environment_that_was_never_deployed_to_answers_too()
    {
        var status = await (await Clone()).Build("Status", "--branch", "research", "--json");

        Assert.True(status.ExitCode == 0, status.ToString());
        Assert.Equal("""{"environment":"research","branch":"research","phase":"None","url":null,"since":null,"release":null,"by":null,"drift":[]}""", status.Output.Trim());
    }

    [Fact]
    public async Task Generated_files_are_current_and_regenerate_byte_for_byte()
    {
        var clone = await Clone();
        var generated = await clone.Build("Generate");
        Assert.True(generated.ExitCode == 0, generated.ToString());

        var changed = await clone.Run("git", clone.Folder, "status", "--porcelain");
        Assert.Equal("", changed.Output);
    }

    /// <summary>Without compilation ahead of time it would be about 600 methods, and each is waited for.</summary>
    [ToolFact("env")]
    public async Task A_start_leaves_hardly_anything_to_the_just_in_time_compiler()
    {
        var clone = await Clone();
        var methods = Path.Combine(Path.GetDirectoryName(clone.Folder)!, "methods");

        var ended = await clone.Run("env", clone.Folder, "DOTNET_JitDisasmSummary=1", $"DOTNET_JitStdOutFile={methods}", "./build.sh", "--help");

        Assert.True(ended.ExitCode == 0, ended.ToString());
        Assert.InRange(File.ReadAllLines(methods).Length, 1, 60);
    }

    /// <summary>One that nothing was deployed from and whose files are as they were committed.</summary>
    private async Task<FreshClone> Clone() => (await images.First).Clone;
}
