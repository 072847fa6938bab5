using WasmWizard.Delivery.Containers.Oci;
using WasmWizard.Delivery.Ports;
using WasmWizard.Delivery.SupplyChain;

/// <summary>Turns what the supply chain's adapters throw into what a person is told.</summary>
public static class SupplyFaults
{
    /// <summary>Missing or damaged data ends the target as missing preconditions do: with what was observed, required, and to do.</summary>
    public static void Attempt(this INukeBuild build, Action act) => build.AttemptAsync(() =>
    {
        act();
        return Task.CompletedTask;
    }).GetAwaiter().GetResult();

    /// <inheritdoc cref="Attempt"/>
    public static async Task AttemptAsync(this INukeBuild build, Func<Task> act)
    {
        try
        {
            await act();
        }
        catch (SupplyDataException problem)
        {
            build.Require([new Fault("WW2121", problem.Message, "data that is there and whole", problem.Fix)]);
        }
        catch (ImageException problem)
        {
            build.Require([new Fault("WW2122", problem.Message, "an image that is whole, and a registry or engine that takes it", problem.Fix)]);
        }
    }
}
