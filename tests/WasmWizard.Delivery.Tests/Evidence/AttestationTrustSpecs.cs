using WasmWizard.Delivery.Environments;
using WasmWizard.Delivery.Evidence;
using WasmWizard.Delivery.Releases;

namespace WasmWizard.Delivery.Tests.Evidence;

public class AttestationTrustSpecs
{
    private const string Release = "aa", Staging = "bb", Research = "cc", Stranger = "ff";
    private static readonly Digest Image = Digest.Of("image"u8);

    private static readonly TrustedKeys Keys = new(
        [new(EnvironmentName.Production, "release", Release), new(EnvironmentName.Staging, "ci", Staging), new(EnvironmentName.Research, "laptop", Research)]);

    [Theory]
    [InlineData(EnvironmentName.Production, Release, Release, null)]
    [InlineData(EnvironmentName.Production, "", Release, null)]
    [InlineData(EnvironmentName.Production, Research, Release, null)]
    [InlineData(EnvironmentName.Staging, Staging, Staging, null)]
    [InlineData(EnvironmentName.Research, Research, Research, null)]
    [InlineData(EnvironmentName.Production, Research, Research, AttestationFault.OtherEnvironment)]
    [InlineData(EnvironmentName.Production, Release, Research, AttestationFault.OtherEnvironment)]
    [InlineData(EnvironmentName.Production, Staging, Staging, AttestationFault.OtherEnvironment)]
    [InlineData(EnvironmentName.Staging, Release, Release, AttestationFault.OtherEnvironment)]
    [InlineData(EnvironmentName.Production, Release, "", AttestationFault.Tampered)]
    [InlineData(EnvironmentName.Production, Research, "", AttestationFault.Tampered)]
    [InlineData(EnvironmentName.Production, Stranger, "", AttestationFault.Foreign)]
    [InlineData(EnvironmentName.Production, "", "", AttestationFault.Foreign)]
    [InlineData(EnvironmentName.Research, Stranger, Stranger, AttestationFault.Foreign)]
    public void Each_environment_accepts_only_its_own_keys(EnvironmentName environment, string claimed, string verifiedBy, AttestationFault? expected) =>
        Assert.Equal(expected, Fault(Judge([new(claimed, verifiedBy.Length > 0 ? [verifiedBy] : [])], environment)));

    [Fact]
    public void Nobodys_signature_is_no_signature() => Assert.Equal(AttestationFault.NotSigned, Fault(Judge([], EnvironmentName.Research)));

    [Fact]
    public void One_good_signature_among_others_is_enough() =>
        Assert.Equal(
            new AttestationDecision.Accepted(Keys.Keys[0]),
            Judge([new(Stranger, []), new(Research, [Research]), new(Release, [Release])], EnvironmentName.Production));

    [Fact]
    public void A_good_signature_about_another_image_does_not_count() =>
        Assert.Equal(
            AttestationFault.OtherImage,
            Fault(AttestationTrust.Judge([new(Release, [Release])], Digest.Of("other"u8), Keys, EnvironmentName.Production, Image)));

    [Fact]
    public void Without_a_list_nothing_is_trusted() =>
        Assert.Equal(AttestationFault.Foreign, Fault(AttestationTrust.Judge([new(Release, [Release])], Image, new([]), EnvironmentName.Production, Image)));

    private static AttestationDecision Judge(IReadOnlyList<SignatureCheck> signatures, EnvironmentName environment) =>
        AttestationTrust.Judge(signatures, Image, Keys, environment, Image);

    private static AttestationFault? Fault(AttestationDecision decision) => (decision as AttestationDecision.Rejected)?.Fault;
}
