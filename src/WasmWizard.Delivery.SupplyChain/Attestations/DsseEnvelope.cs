using System.Globalization;
using System.Text;
using System.Text.Json;

namespace WasmWizard.Delivery.SupplyChain.Attestations;

/// <summary>A signed document (DSSE): payload, its type and signatures over both. The form that cosign and others exchange.</summary>
/// <param name="PayloadType">E.g. <c>application/vnd.in-toto+json</c>.</param>
/// <param name="Payload">The very bytes that were signed.</param>
/// <param name="Signatures">May be empty: then it is unsigned.</param>
public sealed record DsseEnvelope(string PayloadType, byte[] Payload, IReadOnlyList<DsseSignature> Signatures)
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web) { RespectRequiredConstructorParameters = true, RespectNullableAnnotations = true };

    /// <summary>Signs a document with one key.</summary>
    public static DsseEnvelope Sign(string payloadType, byte[] payload, SigningKey key) =>
        new(payloadType, payload, [new(key.Public.Id, key.Sign(Encode(payloadType, payload)))]);

    /// <summary>What is signed: lengths before contents, so that no other split of type and payload gives the same bytes.</summary>
    public static byte[] Encode(string payloadType, ReadOnlySpan<byte> payload)
    {
        var head = string.Create(CultureInfo.InvariantCulture, $"DSSEv1 {Encoding.UTF8.GetByteCount(payloadType)} {payloadType} {payload.Length} ");
        return [.. Encoding.UTF8.GetBytes(head), .. payload];
    }

    /// <exception cref="CorruptDataException">The text is no whole envelope.</exception>
    public static DsseEnvelope Read(string json, string name)
    {
        try
        {
            var document = JsonSerializer.Deserialize<Document>(json, Options) ?? throw new JsonException("null is no envelope");
            return new(
                document.PayloadType,
                Convert.FromBase64String(document.Payload),
                [.. document.Signatures.Select(signature => signature is null ? throw new JsonException("null is no signature") : new DsseSignature(signature.Keyid ?? "", Convert.FromBase64String(signature.Sig)))]);
        }
        catch (Exception problem) when (problem is JsonException or FormatException)
        {
            throw new CorruptDataException($"{name} is not a whole attestation", "make it again: ./build.sh Attest", problem);
        }
    }

    public string Write() => JsonSerializer.Serialize(
        new Document(PayloadType, Convert.ToBase64String(Payload), [.. Signatures.Select(signature => new Part(Convert.ToBase64String(signature.Bytes), signature.KeyId))]),
        Options);

    private sealed record Document(string PayloadType, string Payload, Part?[] Signatures);

    private sealed record Part(string Sig, string? Keyid = null);
}

/// <summary>One signature.</summary>
/// <param name="KeyId">A hint, not proof; may be empty.</param>
/// <param name="Bytes">DER.</param>
public sealed record DsseSignature(string KeyId, byte[] Bytes);
