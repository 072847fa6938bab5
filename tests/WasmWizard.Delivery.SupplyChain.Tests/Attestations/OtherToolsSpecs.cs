using System.Text;
using WasmWizard.Delivery.Releases;
using WasmWizard.Delivery.SupplyChain.Attestations;
using WasmWizard.Delivery.SupplyChain.Debian;
using WasmWizard.Delivery.SupplyChain.Tools;

namespace WasmWizard.Delivery.SupplyChain.Tests.Attestations;

/// <summary>What we sign is verified by tools of others, without a network.</summary>
public sealed class OtherToolsSpecs : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly SigningKey _key = SigningKey.Create();
    private readonly byte[] _manifest = Encoding.UTF8.GetBytes("""{"schemaVersion":2,"mediaType":"application/vnd.oci.image.manifest.v1+json"}""");

    public void Dispose()
    {
        _key.Dispose();
        _folder.Dispose();
    }

    [ToolFact("openssl")]
    public async Task Openssl_verifies_the_signature_over_the_encoded_statement()
    {
        var envelope = Sign();
        _folder.Write("key.pub", _key.Public.ToPem());
        _folder.Write("signature.der", envelope.Signatures[0].Bytes);
        var signed = DsseEnvelope.Encode(envelope.PayloadType, envelope.Payload);

        Assert.Equal(0, await Openssl(signed));
        signed[^3] ^= 1;
        Assert.NotEqual(0, await Openssl(signed));
    }

    [ToolFact("apt-get", "dpkg")]
    [Trait("suite", "complete")]
    public async Task Cosign_accepts_provenance_and_gates_and_rejects_what_was_changed()
    {
        var cosign = await CosignAsync();
        var blob = _folder.Write("manifest.json", _manifest);
        var stranger = _folder.Write("stranger.pub", SigningKey.Create().Public.ToPem());
        var key = _folder.Write("key.pub", _key.Public.ToPem());
        var good = _folder.Write("good.json", Sign().Write());
        var gate = _folder.Write("gate.json", DsseEnvelope.Sign(Statement.PayloadType, new Statement(Digest.Of(_manifest), Statement.GateType, []).Write("wasm-wizard"), _key).Write());
        var changed = _folder.Write("changed.json", (Sign() with { Payload = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(Sign().Payload).Replace("master", "mister", StringComparison.Ordinal)) }).Write());

        Assert.Equal((0, ""), await Verify(key, good, Statement.ProvenanceType, blob));
        Assert.Equal((0, ""), await Verify(key, gate, Statement.GateType, blob));
        Assert.NotEqual(0, (await Verify(key, changed, Statement.ProvenanceType, blob)).ExitCode);
        Assert.NotEqual(0, (await Verify(stranger, good, Statement.ProvenanceType, blob)).ExitCode);
        Assert.NotEqual(0, (await Verify(key, good, Statement.ProvenanceType, _folder.Write("other.json", "{}"))).ExitCode);

        async Task<(int ExitCode, string Errors)> Verify(string with, string attestation, string type, string about)
        {
            var output = await cosign.RunAsync(
                ["verify-blob-attestation", "--key", with, "--signature", attestation, "--type", type, "--insecure-ignore-tlog=true", about],
                variables: new Dictionary<string, string?> { ["HOME"] = _folder.Path });
            return (output.ExitCode, output.ExitCode == 0 ? "" : output.Errors);
        }
    }

    private DsseEnvelope Sign() => DsseEnvelope.Sign(
        Statement.PayloadType, (AttestationSpecs.Provenance with { Image = Digest.Of(_manifest) }).ToStatement().Write("wasm-wizard"), _key);

    private async Task<int> Openssl(byte[] signed) => (await Tool.Find("openssl")!.RunAsync(
        ["dgst", "-sha256", "-verify", _folder["key.pub"], "-signature", _folder["signature.der"], _folder.Write("signed", signed)])).ExitCode;

    /// <summary>Debian's package, unpacked and kept in the machine's temporary folder; nothing is installed.</summary>
    private async Task<Tool> CosignAsync()
    {
        if (Tool.Find("cosign") is { } installed)
            return installed;
        var kept = Path.Combine(Path.GetTempPath(), "wasm-wizard-cosign");
        if (!File.Exists(Path.Combine(kept, "usr", "bin", "cosign")))
        {
            var half = _folder["cosign"];
            var package = await new AptDownload(_folder["apt"], SecurityIndex.DefaultKeyring).GetAsync("trixie", "cosign");
            Assert.Equal(0, (await Tool.Find("dpkg")!.RunAsync(["-x", package, half])).ExitCode);
            if (!Directory.Exists(kept))
                Directory.Move(half, kept);
        }
        return new(Path.Combine(kept, "usr", "bin", "cosign"));
    }
}
