using WasmWizard.Delivery.Locks;
using WasmWizard.Delivery.Plans;
using WasmWizard.Delivery.Ports;

namespace WasmWizard.Delivery.Local.Steps;

/// <summary>
/// The key that probes execute with, of a tier that is not limited: made by the release's own command, kept in a file that only its owner
/// reads, never in an argument. A key that the database does not know, such as after a restore, is replaced.
/// </summary>
internal sealed class ProbeKeyStep(StepContext context) : IRolloutStep
{
    private const string Tier = "unlimited";
    private const string User = "probe";

    private static readonly TimeSpan Within = TimeSpan.FromMinutes(1);

    private readonly ReleaseCommand _command = new(context, "probe-key");

    public string Id => "probe-key";

    public StepKind Kind => StepKind.Migrate;

    public string Subject => $"key of the user {User}";

    public string Change => "a key that the database knows, for probes";

    public async Task<StepState> Observe(CancellationToken cancellation)
    {
        if (!File.Exists(context.State.ProbeKey))
            return new StepState(false, "there is no key");
        if (!File.Exists(context.Program))
            return new StepState(false, "the release is not unpacked, so nobody can tell whether the key holds");
        var (exitCode, _) = await _command.Run(["admin", "check-key", "--file", context.State.ProbeKey], Within, cancellation);
        return exitCode == 0 ? new StepState(true, "the key holds") : new StepState(false, "the key does not hold");
    }

    public async Task Act(FencingToken token, CancellationToken cancellation)
    {
        var draft = $"{context.State.ProbeKey}.{token}";
        File.Delete(draft);
        var (exitCode, said) = await _command.Run(
            ["admin", "create-key", "--role", "user", "--tier", Tier, "--user", User, "--file", draft], Within, cancellation);
        if (exitCode != 0)
            throw new StepFailedException($"{context.Options.Program} admin create-key ended with exit code {exitCode}; required: 0. It said: {said}");
        File.Move(draft, context.State.ProbeKey, overwrite: true);
    }
}
