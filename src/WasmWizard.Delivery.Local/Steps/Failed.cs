using WasmWizard.Delivery.Local.Protocol.Messages;
using WasmWizard.Delivery.Local.State;

namespace WasmWizard.Delivery.Local.Steps;

/// <summary>Why an instance did not do: what it did instead, and its last words.</summary>
internal static class Failed
{
    public static string Start(InstanceView instance, LocalState state) =>
        $"{instance.Id} {instance.LastEnd ?? "is not listening"}; required: it listens. {LastWords(instance)}Its log: {state.Front.LogOf(instance.Id)}.";

    private static string LastWords(InstanceView instance) => instance.LogTail.Count == 0
        ? ""
        : $"Its last lines:{Environment.NewLine}{string.Join(Environment.NewLine, instance.LogTail)}{Environment.NewLine}";
}
