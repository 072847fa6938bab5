using WasmWizard.Delivery.Environments;
using WasmWizard.Delivery.Evidence;
using WasmWizard.Delivery.Releases;

namespace WasmWizard.Delivery.SupplyChain.Attestations;

/// <summary>Checks attestations against a ring of keys and has the policy judge them.</summary>
public sealed class AttestationVerifier(KeyRing ring)
{
    /// <param name="json">The attestation's file.</param>
    /// <param name="environment">Where the release is to go.</param>
    /// <param name="image">The release's image.</param>
    /// <param name="name">For messages.</param>
    /// <returns>The statement, null unless it is accepted, and the decision.</returns>
    public (Statement? Statement, AttestationDecision Decision) Verify(string json, EnvironmentName environment, Digest image, string name)
    {
        try
        {
            var envelope = DsseEnvelope.Read(json, name);
            if (envelope.PayloadType != Statement.PayloadType)
                return (null, new AttestationDecision.Rejected(AttestationFault.Torn, $"{name} holds {envelope.PayloadType}; a statement is required"));
            var statement = Statement.Read(envelope.Payload, name);
            var decision = AttestationTrust.Judge(Check(envelope), statement.Image, ring.Trusted, environment, image);
            return (decision is AttestationDecision.Accepted ? statement : null, decision);
        }
        catch (CorruptDataException corrupt)
        {
            return (null, new AttestationDecision.Rejected(AttestationFault.Torn, corrupt.Message));
        }
    }

    private SignatureCheck[] Check(DsseEnvelope envelope)
    {
        var signed = DsseEnvelope.Encode(envelope.PayloadType, envelope.Payload);
        return
        [
            .. envelope.Signatures.Select(signature => new SignatureCheck(
                signature.KeyId,
                [.. ring.Keys.Select(known => known.Key).DistinctBy(key => key.Id).Where(key => key.Verifies(signed, signature.Bytes)).Select(key => key.Id)])),
        ];
    }
}
