using WasmWizard.Delivery.Local.Protocol.Messages;

namespace WasmWizard.Delivery.Local.Front.Instances;

/// <summary>An order that is not carried out; nothing was changed.</summary>
public sealed class RefusedException(Refusal refusal) : Exception(refusal.Detail)
{
    public Refusal Refusal => refusal;

    internal static RefusedException Contradiction(string detail) =>
        new(new Refusal("The order contradicts what is", detail, StatusCodes.Status409Conflict));
}
