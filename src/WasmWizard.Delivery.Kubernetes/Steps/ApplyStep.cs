using System.Text.Json.Nodes;
using WasmWizard.Delivery.Kubernetes.Api;
using WasmWizard.Delivery.Locks;
using WasmWizard.Delivery.Plans;
using WasmWizard.Delivery.Ports;

namespace WasmWizard.Delivery.Kubernetes.Steps;

/// <summary>One object is as its manifest says.</summary>
internal sealed class ApplyStep : IRolloutStep
{
    private readonly StepContext _context;
    private readonly JsonObject _manifest;
    private readonly ObjectName _name;

    private ApplyStep(StepContext context, JsonObject manifest, string change) =>
        (_context, _manifest, _name, Change) = (context, manifest, ObjectName.Of(manifest), change);

    public string Id => $"{_name.Kind.Kind.ToLowerInvariant()}-{_name.Name}";

    public StepKind Kind => StepKind.Prepare;

    public string Subject => _name.ToString();

    /// <summary>Every field that changes, so that a plan shows exactly what it would do.</summary>
    public string Change { get; }

    public static async Task<IRolloutStep> Plan(StepContext context, JsonObject manifest, CancellationToken cancellation) =>
        new ApplyStep(context, manifest, Describe(await context.Objects.Difference(manifest, cancellation)));

    public async Task<StepState> Observe(CancellationToken cancellation)
    {
        var difference = await _context.Objects.Difference(_manifest, cancellation);
        return new StepState(difference is [], Describe(difference));
    }

    public Task Act(FencingToken token, CancellationToken cancellation) => _context.Objects.Apply(token, _manifest, cancellation);

    internal static string Describe(IReadOnlyList<string>? difference) => difference switch
    {
        null => "make it",
        [] => "as wanted",
        _ => string.Join("; ", difference),
    };
}
