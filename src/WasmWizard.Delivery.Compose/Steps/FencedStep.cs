using System.Globalization;
using System.Text;
using WasmWizard.Delivery.Compose.State;
using WasmWizard.Delivery.Locks;
using WasmWizard.Delivery.Plans;
using WasmWizard.Delivery.Ports;

namespace WasmWizard.Delivery.Compose.Steps;

/// <summary>
/// A step that asks the engine, right before it acts, whether somebody with a greater token has begun. The engine itself knows no tokens: what is
/// under way at that very moment is not held up, which is why acts are small and give containers names that exist once.
/// </summary>
internal sealed class FencedStep(IRolloutStep step, EngineState state) : IRolloutStep
{
    public const string TokenFile = "fence";

    public string Id => step.Id;

    public StepKind Kind => step.Kind;

    public string Subject => step.Subject;

    public string Change => step.Change;

    public Task<StepState> Observe(CancellationToken cancellation) => step.Observe(cancellation);

    public async Task Act(FencingToken token, CancellationToken cancellation)
    {
        if (await Greatest(state, cancellation) is { } greatest && greatest > token)
            throw new StepFailedException($"{step.Id} was not done: a holder with token {greatest} has begun, ours is {token}.");
        await step.Act(token, cancellation);
    }

    public static async Task<FencingToken?> Greatest(EngineState state, CancellationToken cancellation) =>
        await state.Read(TokenFile, cancellation) is { Length: > 0 } bytes ? new FencingToken(long.Parse(Encoding.ASCII.GetString(bytes), CultureInfo.InvariantCulture)) : null;
}
