using System.Security.Cryptography;
using System.Text;
using WasmWizard.Delivery.Locks;
using WasmWizard.Delivery.Plans;
using WasmWizard.Delivery.Ports;
using WasmWizard.Delivery.Releases;

namespace WasmWizard.Delivery.Compose.Steps;

/// <summary>The release's configuration and secrets lie in a volume of its own, which is made once and comes back with it.</summary>
internal sealed class ConfigurationStep(ComposeContext context, Release release) : IRolloutStep
{
    private const int PasswordBytes = 24;

    public string Id => "configuration";

    public StepKind Kind => StepKind.Prepare;

    public string Subject => $"volume {context.Releases.VolumeOf(release.Id)}";

    public string Change => "write configuration and secrets";

    public async Task<StepState> Observe(CancellationToken cancellation) => await context.Releases.Holds(release, cancellation)
        ? new(true, "holds configuration and secrets as they were written")
        : new(false, "not written");

    public async Task Act(FencingToken token, CancellationToken cancellation)
    {
        if (await context.DatabasePassword(cancellation) is null)
            await context.SetDatabasePassword(Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(PasswordBytes)), cancellation);
        var database = (await context.DatabaseInside(cancellation))!;
        await context.Releases.Add(release, new Dictionary<string, byte[]> { ["database_url"] = Encoding.UTF8.GetBytes(database.RevealUrl()) }, cancellation);
    }
}
