using WasmWizard.Service.Executions;
using WasmWizard.Service.Tests.Servers;

namespace WasmWizard.Service.Tests;

/// <summary>Whose threads the system prefers, seen from outside the process.</summary>
public sealed class GuestThreadSpecs
{
    private const int Slots = 2;

    [Fact]
    public async Task A_guest_that_computes_for_long_steps_behind_the_others_and_its_thread_ends_with_it()
    {
        if (!OperatingSystem.IsLinux())
            return;
        await using var service = await ServiceProcess.StartAsync(("EXECUTION_TIMEOUT", "30"), ("MAX_CONCURRENT_EXECUTIONS", $"{Slots}"));
        using var client = service.ClientWith(null);
        Assert.Equal(Enumerable.Repeat(0, Slots), service.NicenessOfGuests());
        using var leave = new CancellationTokenSource();
        var computing = RunningService.ExecuteAsync(client, Guests.Loop, cancellation: leave.Token);
        await UntilNiceness(service, [0, GuestThread.NicenessBehind]);

        Assert.Equal("served", (await RunningService.ExecuteAsync(client, Guests.Echo, "served"))["output"]);

        await leave.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => computing);
        await UntilNiceness(service, [0, 0]);
        for (var i = 0; i < 2 * Slots; i++)
            Assert.Equal($"{i}", (await RunningService.ExecuteAsync(client, Guests.Echo, $"{i}"))["output"]);
    }

    private static Task UntilNiceness(ServiceProcess service, int[] wanted) =>
        RunningService.UntilAsync(() => Task.FromResult(service.NicenessOfGuests().Order().SequenceEqual(wanted)));
}
