using System.Text;
using System.Text.Json.Nodes;
using WasmWizard.Delivery.Environments;
using WasmWizard.Delivery.Evidence;
using WasmWizard.Delivery.Gates;
using WasmWizard.Delivery.Releases;
using WasmWizard.Delivery.SupplyChain.Attestations;
using Xunit.Abstractions;

namespace WasmWizard.Delivery.SupplyChain.Tests.Attestations;

public sealed class AttestationSpecs : IDisposable
{
    private static readonly Digest Image = Digest.Of("manifest"u8);
    private readonly SigningKey _release = SigningKey.Create();
    private readonly SigningKey _research = SigningKey.Create();
    private readonly SigningKey _stranger = SigningKey.Create();
    private readonly AttestationVerifier _verifier;
    private readonly ITestOutputHelper _output;

    public AttestationSpecs(ITestOutputHelper output) => (_output, _verifier) = (output, new(new KeyRing([]).With(EnvironmentName.Production, "release", _release.Public).With(EnvironmentName.Research, "laptop", _research.Public)));

    internal static Provenance Provenance { get; } = new()
    {
        Image = Image,
        Repository = "https://git.test/wasm-wizard",
        Commit = new string('a', 40) + "-dirty",
        Tree = new string('b', 40),
        Parameters = new Dictionary<string, string> { ["branch"] = "master", ["base"] = "trixie" },
        Builder = "https://git.test/workflows/deploy",
        Invocation = "https://git.test/runs/1",
        StartedOn = new(2026, 2, 1, 10, 0, 0, TimeSpan.FromHours(1)),
        FinishedOn = new(2026, 2, 1, 10, 1, 0, TimeSpan.FromHours(1)),
        Materials = [("pkg:deb/debian/tzdata@1", Digest.Of("tzdata"u8))],
    };

    public void Dispose()
    {
        _release.Dispose();
        _research.Dispose();
        _stranger.Dispose();
    }

    [Fact]
    public void What_is_signed_is_length_and_content_of_type_and_payload() =>
        Assert.Equal("DSSEv1 29 http://example.com/HelloWorld 11 hello world", Encoding.UTF8.GetString(DsseEnvelope.Encode("http://example.com/HelloWorld", "hello world"u8)));

    [Fact]
    public void Provenance_says_what_was_built_from_what_by_whom()
    {
        var statement = JsonNode.Parse(Provenance.ToStatement().Write("wasm-wizard"))!;

        Assert.Equal("https://in-toto.io/Statement/v1", (string?)statement["_type"]);
        Assert.Equal(Image.Hex, (string?)statement["subject"]![0]!["digest"]!["sha256"]);
        Assert.Equal("https://slsa.dev/provenance/v1", (string?)statement["predicateType"]);
        var build = statement["predicate"]!["buildDefinition"]!;
        Assert.Equal(new string('a', 40), (string?)build["resolvedDependencies"]![0]!["digest"]!["gitCommit"]);
        Assert.False((bool)build["internalParameters"]!["cleanTree"]!);
        Assert.Equal("""{"base":"trixie","branch":"master"}""", build["externalParameters"]!.ToJsonString());
        Assert.Equal("2026-02-01T09:00:00Z", (string?)statement["predicate"]!["runDetails"]!["metadata"]!["startedOn"]);
    }

    [Fact]
    public void A_gates_evidence_comes_back_as_it_was_signed()
    {
        var evidence = Evidence(Image);

        var (statement, decision) = Verify(Sign(Statement.Of(evidence, Image), _release));

        Assert.Equal("release", Assert.IsType<AttestationDecision.Accepted>(decision).Key.Name);
        Assert.Equal(EvidenceJson.Write(evidence), EvidenceJson.Write(statement!.Evidence!));
        Assert.Null(Provenance.ToStatement().Evidence);
    }

    [Fact]
    public void Evidence_about_another_image_is_not_signed_for_this_one()
    {
        Assert.Throws<ArgumentException>(() => Statement.Of(Evidence(Digest.Of("other"u8)), Image));
        Assert.Equal(Image, Statement.Of(Evidence(null), Image).Image);
    }

    [Fact]
    public void Each_way_to_break_it_is_rejected()
    {
        var good = Sign(Provenance.ToStatement(), _release);
        var envelope = DsseEnvelope.Read(good, "test");
        var other = Provenance with { Image = Digest.Of("other"u8) };
        var changed = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(envelope.Payload).Replace("master", "mister", StringComparison.Ordinal));
        var signature = envelope.Signatures[0];
        byte[] bent = [.. signature.Bytes];
        bent[^1] ^= 1;

        Assert.IsType<AttestationDecision.Accepted>(Verify(good).Decision);
        Rejected(AttestationFault.Tampered, (envelope with { Payload = changed }).Write());
        Rejected(AttestationFault.Tampered, (envelope with { Signatures = [signature with { Bytes = bent }] }).Write());
        Rejected(AttestationFault.Tampered, (envelope with { Signatures = [signature with { Bytes = signature.Bytes[..10] }] }).Write());
        Rejected(AttestationFault.Tampered, (envelope with { Signatures = [signature with { Bytes = [] }] }).Write());
        Rejected(AttestationFault.NotSigned, (envelope with { Signatures = [] }).Write());
        Rejected(AttestationFault.Foreign, Sign(Provenance.ToStatement(), _stranger));
        Rejected(AttestationFault.Tampered, (DsseEnvelope.Read(Sign(Provenance.ToStatement(), _stranger), "test") with { Signatures = [new(_release.Public.Id, DsseEnvelope.Read(Sign(Provenance.ToStatement(), _stranger), "test").Signatures[0].Bytes)] }).Write());
        Rejected(AttestationFault.OtherEnvironment, Sign(Provenance.ToStatement(), _research));
        Rejected(AttestationFault.OtherImage, Sign(other.ToStatement(), _release));
        Rejected(AttestationFault.Torn, (envelope with { PayloadType = "text/plain" }).Write());
        Rejected(AttestationFault.Torn, DsseEnvelope.Sign(Statement.PayloadType, "{}"u8.ToArray(), _release).Write());
        Assert.IsType<AttestationDecision.Accepted>(_verifier.Verify(Sign(Provenance.ToStatement(), _research), EnvironmentName.Research, Image, "test").Decision);
    }

    [Fact]
    public void Half_an_attestation_is_rejected_wherever_it_is_cut()
    {
        var good = Sign(Provenance.ToStatement(), _release);

        for (var length = 0; length < good.Length; length += 7)
            Rejected(AttestationFault.Torn, good[..length]);
        Assert.All(["null", "[]", "{}", """{"payloadType":"a","payload":"?","signatures":[]}""", """{"payloadType":"a","payload":"","signatures":[null]}"""], text => Rejected(AttestationFault.Torn, text));
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("""{"_type":"https://in-toto.io/Statement/v0.1"}""")]
    [InlineData("""{"_type":"https://in-toto.io/Statement/v1","subject":[]}""")]
    [InlineData("""{"_type":"https://in-toto.io/Statement/v1","subject":[{"digest":{"sha256":"ab"}}],"predicateType":"a","predicate":{}}""")]
    [InlineData("""{"_type":"https://in-toto.io/Statement/v1","subject":[{"digest":{}}],"predicateType":"a","predicate":{}}""")]
    public void What_is_no_statement_about_one_image_is_corrupt(string json) => Assert.Throws<CorruptDataException>(() => Statement.Read(Encoding.UTF8.GetBytes(json), "test"));

    private void Rejected(AttestationFault expected, string json)
    {
        var (statement, decision) = Verify(json);
        Assert.Null(statement);
        var rejected = Assert.IsType<AttestationDecision.Rejected>(decision);
        _output.WriteLine($"attest | {expected} | production | {rejected.Fault} | {rejected.Because}");
        Assert.Equal(expected, rejected.Fault);
        Assert.NotEmpty(rejected.Because);
    }

    private (Statement? Statement, AttestationDecision Decision) Verify(string json) => _verifier.Verify(json, EnvironmentName.Production, Image, "test");

    private static string Sign(Statement statement, SigningKey key) => DsseEnvelope.Sign(Statement.PayloadType, statement.Write("wasm-wizard"), key).Write();

    private static GateEvidence Evidence(Digest? image) => new()
    {
        Gate = GateId.Scan,
        Subject = new(new string('b', 40), image?.ToString()),
        Inputs = new Dictionary<string, string> { ["demand"] = "no HIGH <or> CRITICAL + \"quoted\"" },
        Result = new(Verdict.Passed, "no known vulnerability"),
        At = new(2026, 2, 1, 10, 0, 0, TimeSpan.Zero),
        Duration = TimeSpan.FromSeconds(2),
    };
}
