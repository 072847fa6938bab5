using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using WasmWizard.Delivery.Evidence;
using WasmWizard.Delivery.Releases;

namespace WasmWizard.Delivery.SupplyChain.Attestations;

/// <summary>A claim about an image in the form of in-toto's Statement v1.</summary>
/// <param name="Image">What it is about.</param>
/// <param name="PredicateType">What kind of claim, a URI.</param>
/// <param name="Predicate">The claim.</param>
public sealed record Statement(Digest Image, string PredicateType, JsonObject Predicate)
{
    public const string PayloadType = "application/vnd.in-toto+json";

    /// <summary>How the image came to be: SLSA's provenance.</summary>
    public const string ProvenanceType = "https://slsa.dev/provenance/v1";

    /// <summary>A gate's answer, whose predicate is its evidence as <see cref="EvidenceJson"/> writes it.</summary>
    public const string GateType = "https://wasm-wizard.com/attestations/gate/v1";

    private const string Type = "https://in-toto.io/Statement/v1";
    private static readonly JsonSerializerOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The claim that a gate answered so about this image.</summary>
    /// <exception cref="ArgumentException">The evidence is about another image.</exception>
    public static Statement Of(GateEvidence evidence, Digest image) => evidence.Subject.Image is { } subject && subject != image.ToString()
        ? throw new ArgumentException($"The evidence of {evidence.Gate} is about {subject}, not {image}.", nameof(evidence))
        : new(image, GateType, JsonNode.Parse(EvidenceJson.Write(evidence))!.AsObject());

    /// <summary>The gate's answer that this claims; null when it claims something else or is torn.</summary>
    public GateEvidence? Evidence => PredicateType == GateType ? EvidenceJson.Read(Predicate.ToJsonString(Options)) : null;

    /// <param name="name">The image's name without tag or digest, for readers.</param>
    public byte[] Write(string name) => Encoding.UTF8.GetBytes(new JsonObject
    {
        ["_type"] = Type,
        ["subject"] = new JsonArray(new JsonObject { ["name"] = name, ["digest"] = new JsonObject { ["sha256"] = Image.Hex } }),
        ["predicateType"] = PredicateType,
        ["predicate"] = Predicate.DeepClone(),
    }.ToJsonString(Options));

    /// <exception cref="CorruptDataException">The bytes are no whole statement about one image.</exception>
    public static Statement Read(byte[] payload, string name)
    {
        try
        {
            using var document = JsonDocument.Parse(payload);
            var root = document.RootElement;
            if (root.GetProperty("_type").GetString() != Type)
                throw new FormatException("not a statement of version 1");
            var subject = root.GetProperty("subject").EnumerateArray().Single();
            return new(
                Digest.Parse($"sha256:{subject.GetProperty("digest").GetProperty("sha256").GetString()}"),
                root.GetProperty("predicateType").GetString() ?? throw new FormatException("no predicate type"),
                JsonObject.Create(root.GetProperty("predicate").Clone()) ?? throw new FormatException("no predicate"));
        }
        catch (Exception problem) when (problem is JsonException or FormatException or InvalidOperationException or KeyNotFoundException)
        {
            throw new CorruptDataException($"{name} is not a whole statement about one image", "make it again: ./build.sh Attest", problem);
        }
    }
}
