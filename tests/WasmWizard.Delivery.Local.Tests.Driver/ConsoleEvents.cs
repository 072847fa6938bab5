using WasmWizard.Delivery.Rollouts;

namespace WasmWizard.Delivery.Local.Tests.Driver;

internal sealed class ConsoleEvents : IProgress<RolloutEvent>
{
    public void Report(RolloutEvent value)
    {
        Console.WriteLine(value);
        Console.Out.Flush();
    }
}
