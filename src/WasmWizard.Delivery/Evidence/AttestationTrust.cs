using WasmWizard.Delivery.Environments;
using WasmWizard.Delivery.Releases;

namespace WasmWizard.Delivery.Evidence;

/// <summary>Whose signature counts where.</summary>
public sealed record TrustedKeys(IReadOnlyList<TrustedKey> Keys);

/// <param name="Environment">The one environment whose releases it may sign.</param>
/// <param name="Name">For people.</param>
/// <param name="Id">64 hex digits: the hash of the public key.</param>
public sealed record TrustedKey(EnvironmentName Environment, string Name, string Id);

/// <summary>What became of one signature.</summary>
/// <param name="ClaimedKey">The key that the envelope says signed it; a hint that anybody can write, may be empty.</param>
/// <param name="VerifiedBy">Ids of the known keys, of all environments, that the signature holds under; empty when it holds under none.</param>
public sealed record SignatureCheck(string ClaimedKey, IReadOnlyList<string> VerifiedBy);

/// <summary>Whether a signed claim about an image counts for an environment.</summary>
public abstract record AttestationDecision
{
    private AttestationDecision()
    {
    }

    /// <param name="Key">Whose signature made it count.</param>
    public sealed record Accepted(TrustedKey Key) : AttestationDecision;

    /// <param name="Fault">What is wrong.</param>
    /// <param name="Because">The same for people.</param>
    public sealed record Rejected(AttestationFault Fault, string Because) : AttestationDecision;
}

public enum AttestationFault
{
    /// <summary>No whole attestation at all.</summary>
    Torn,

    /// <summary>Nobody signed it.</summary>
    NotSigned,

    /// <summary>It names a known key, and that key's signature does not hold: content or signature were changed.</summary>
    Tampered,

    /// <summary>Only keys that are on no list signed it.</summary>
    Foreign,

    /// <summary>A known key signed it, one of another environment.</summary>
    OtherEnvironment,

    /// <summary>Signed as required, about another image.</summary>
    OtherImage,
}

/// <summary>The policy of trust: each environment accepts only the keys of its own list, and only claims about the very image.</summary>
public static class AttestationTrust
{
    /// <param name="signatures">What became of each signature of the attestation.</param>
    /// <param name="subject">The image that the claim is about.</param>
    /// <param name="trusted">The lists of all environments.</param>
    /// <param name="environment">Where the release is to go.</param>
    /// <param name="image">The release's image.</param>
    public static AttestationDecision Judge(
        IReadOnlyList<SignatureCheck> signatures, Digest subject, TrustedKeys trusted, EnvironmentName environment, Digest image)
    {
        if (signatures.Count == 0)
            return Rejected(AttestationFault.NotSigned, "nobody signed it");
        var signers = trusted.Keys.Where(key => signatures.Any(signature => signature.VerifiedBy.Contains(key.Id))).ToList();
        var signer = signers.FirstOrDefault(key => key.Environment == environment);
        if (signer is not null)
        {
            return subject == image
                ? new AttestationDecision.Accepted(signer)
                : Rejected(AttestationFault.OtherImage, $"it is about {subject} and the release is {image}");
        }
        if (signers.Count > 0)
            return Rejected(AttestationFault.OtherEnvironment, $"'{signers[0].Name}' signed it, a key of {Word(signers[0].Environment)}; one of {Word(environment)} is required");
        var claimed = trusted.Keys.FirstOrDefault(key => signatures.Any(signature => signature.ClaimedKey == key.Id));
        return claimed is not null
            ? Rejected(AttestationFault.Tampered, $"it names the key '{claimed.Name}' and that key's signature does not hold")
            : Rejected(AttestationFault.Foreign, $"no key of the list of {Word(environment)} signed it");
    }

    private static AttestationDecision.Rejected Rejected(AttestationFault fault, string because) => new(fault, because);

    private static string Word(EnvironmentName environment) => environment.ToString().ToLowerInvariant();
}
