using WasmWizard.Delivery.Environments;
using WasmWizard.Delivery.Evidence;
using WasmWizard.Delivery.Ports;
using WasmWizard.Delivery.Releases;
using WasmWizard.Delivery.SupplyChain;
using WasmWizard.Delivery.SupplyChain.Attestations;
using WasmWizard.Delivery.SupplyChain.Sbom;
using WasmWizard.Delivery.SupplyChain.Scan;

/// <summary>Signs what is known about the image at hand, and verifies with the public lists alone that the result counts.</summary>
/// <param name="build">Branch, key and lists.</param>
public sealed class Attestor(IAttest build)
{
    private const string DefaultList = ".nuke/trusted-keys.json";

    private readonly Workspace _workspace = build.Workspace;

    private DeploymentEnvironment Environment => _workspace.Policy.Environment;

    private AbsolutePath Folder => _workspace.Artifacts / "attestations";

    /// <summary>Signs each claim and has it judged as a deployment would; claims that would not count are not kept.</summary>
    /// <returns>What was rejected, for people; empty when everything counts and lies in its file.</returns>
    /// <exception cref="SupplyDataException">There is no image, no key, or no list of trusted keys.</exception>
    public IReadOnlyList<string> Run()
    {
        var image = new AppImage(_workspace);
        var layout = ImageAtHand.Open(image);
        var digest = layout.Digest;
        using var key = Key();
        Folder.CreateOrCleanDirectory();
        var claims = Gates(digest).Prepend(("provenance", Provenance(image, ImageAtHand.Contents(layout, image.Version)).ToStatement()))
            .ToDictionary(claim => claim.Item1, claim => DsseEnvelope.Sign(Statement.PayloadType, claim.Item2.Write(AppImage.Name), key).Write());
        var verifier = new AttestationVerifier(Ring(key.Public));
        string[] rejected = [.. claims.Select(claim => Rejection(verifier, claim.Key, claim.Value, digest)).OfType<string>()];
        if (rejected.Length > 0)
            return rejected;
        foreach (var (name, claim) in claims)
            (Folder / $"{name}.dsse.json").WriteAllText(claim);
        (Folder / "signer.pub").WriteAllText(key.Public.ToPem());
        Log.Information("{Count} claims about {Image} signed with {Key:l}", claims.Count, digest, key.Public.Id[..12]);
        return [];
    }

    /// <summary>
    /// What a deployment would lack for its claims to count, told before its first gate runs: a key of the environment's list. Nothing is made
    /// here: research's own key is, when it signs.
    /// </summary>
    public static IEnumerable<Fault> Faults(IAttest build)
    {
        var attestor = new Attestor(build);
        if (attestor.HasOwnKey)
            return [];
        try
        {
            using var key = attestor.Key();
            var listed = attestor.Ring(key.Public).Trusted.Keys.Any(trusted => trusted.Environment == attestor.Environment.Name && trusted.Id == key.Public.Id);
            return listed ? [] : [Lacking($"the signing key {key.Public.Id[..12]} is not on {attestor.Environment.Word}'s list", $"have its public half put on the list in {DefaultList}, or name another with --signing-key")];
        }
        catch (SupplyDataException problem)
        {
            return [Lacking(problem.Message, problem.Fix)];
        }

        Fault Lacking(string observed, string fix) => new("WW2123", observed, $"a key that {attestor.Environment.Word} trusts, to sign the release's claims", fix);
    }

    private string? Rejection(AttestationVerifier verifier, string name, string claim, Digest digest) =>
        verifier.Verify(claim, Environment.Name, digest, name).Decision is AttestationDecision.Rejected rejected ? $"{name}: {rejected.Because}" : null;

    /// <summary>Only answers that count for this very tree and image are claimed.</summary>
    private IEnumerable<(string Name, Statement Statement)> Gates(Digest digest) =>
        _workspace.Desk.Verify().Answers.Select(answer => answer.Evidence).OfType<GateEvidence>().Select(evidence => (evidence.Gate.ToString(), Statement.Of(evidence, digest)));

    /// <summary>Research signs with a key that is made on first use; the others are handed theirs.</summary>
    private SigningKey Key() => build.SigningKey is { } file
        ? SigningKey.Open(file)
        : HasOwnKey
            ? SigningKey.OpenOrCreate(OwnKey)
            : throw new MissingDataException($"{Environment.Word} signs with a key of its own and none is given", "name one with --signing-key");

    private bool HasOwnKey => Environment.Name == EnvironmentName.Research && build.SigningKey is null;

    private string OwnKey => Path.Combine(WasmWizard.Delivery.Local.State.LocalState.Of(Environment.Word, build.State).Folder, "signing.pem");

    private KeyRing Ring(PublicKey signer)
    {
        var ring = TrustedKeyFile.Read(build.TrustedKeys ?? _workspace.Root / DefaultList);
        return HasOwnKey ? ring.With(EnvironmentName.Research, "this machine's key", signer) : ring;
    }

    private Provenance Provenance(AppImage image, ImageContents contents)
    {
        var (began, ended) = image.Made;
        return new()
        {
            Image = contents.Image,
            Repository = _workspace.Checkout.Remote ?? $"file:{_workspace.Root}",
            Commit = _workspace.Checkout.Commit,
            Tree = image.Subject.Tree,
            Parameters = new Dictionary<string, string> { ["branch"] = _workspace.Policy.Branch, ["baseImage"] = build.BaseImage ?? "debian" },
            Builder = RunAddress is null ? "https://wasm-wizard.com/builders/person" : $"{EnvironmentInfo.GetVariable("GITHUB_SERVER_URL")}/{EnvironmentInfo.GetVariable("GITHUB_WORKFLOW_REF")}",
            Invocation = RunAddress ?? $"{began.UtcDateTime:yyyyMMddTHHmmssZ}",
            StartedOn = began,
            FinishedOn = ended,
            Materials = [.. contents.SystemPackages.Where(record => record.Sha256 is not null).Select(record => (PackageUrl.Of(record, contents.Codename), Digest.Parse($"sha256:{record.Sha256}")))],
        };
    }

    /// <summary>The workflow's run; null on a person's machine.</summary>
    private static string? RunAddress => EnvironmentInfo.GetVariable("GITHUB_RUN_ID") is { Length: > 0 } run
        ? $"{EnvironmentInfo.GetVariable("GITHUB_SERVER_URL")}/{EnvironmentInfo.GetVariable("GITHUB_REPOSITORY")}/actions/runs/{run}"
        : null;
}
