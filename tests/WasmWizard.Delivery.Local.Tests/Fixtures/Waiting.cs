namespace WasmWizard.Delivery.Local.Tests.Fixtures;

/// <summary>Waits for a condition, not for a time; the limit is a safety net for a machine under load.</summary>
internal static class Waiting
{
    private static readonly TimeSpan SafetyNet = TimeSpan.FromMinutes(3);

    public static async Task Until(Func<Task<bool>> condition)
    {
        using var limit = new CancellationTokenSource(SafetyNet);
        while (!await condition())
        {
            // Between two looks the machine is left to those who are waited for.
            await Task.Delay(20, limit.Token);
        }
    }

    public static Task Until(Func<bool> condition) => Until(() => Task.FromResult(condition()));
}
