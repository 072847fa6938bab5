/// <summary>Signed claims about the image.</summary>
public interface IAttest : ISbom, IVerify, IOperate
{
    [Parameter("Private key (ECDSA P-256, PEM) that signs for the environment; default: on research one that is made on first use")]
    string? SigningKey => TryGetValue(() => SigningKey);

    [Parameter("List of the public keys that count in each environment; default: .nuke/trusted-keys.json")]
    string? TrustedKeys => TryGetValue(() => TrustedKeys);

    Target Attest => _ => _
        .Description("Sign where the image comes from and what each gate said about it, and verify that it counts (--signing-key, --trusted-keys)")
        .DependsOn<IImage>(x => x.Image)
        .After<IVerify>(x => x.Verify)
        .Produces(Workspace.Artifacts / "attestations" / "*")
        .Executes(() => SupplyChain.Attest(this));
}
