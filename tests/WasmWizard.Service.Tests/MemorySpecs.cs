using System.Text;
using WasmWizard.Service.Tests.Servers;

namespace WasmWizard.Service.Tests;

/// <summary>What guests took is given back, seen from outside the process.</summary>
[Trait("suite", "complete")]
public sealed class MemorySpecs
{
    /// <summary>Touches 64 MiB page by page, more than the bound below, and fails or ends.</summary>
    private const string Eater = """
        (module (memory (export "memory") 1024)
          (func (export "_start") (local $at i32)
            (loop $again
              (i32.store (local.get $at) (i32.const 1))
              (local.set $at (i32.add (local.get $at) (i32.const 4096)))
              (br_if $again (i32.lt_u (local.get $at) (i32.const 67108864))))))
        """;

    /// <summary>Less than one such guest leaves behind when nothing is given back.</summary>
    private const double Bound = 48 * 1024 * 1024;

    [Fact]
    public async Task After_hostile_guests_memory_threads_and_descriptors_are_back_at_their_level()
    {
        if (!OperatingSystem.IsLinux())
            return;
        await using var service = await ServiceProcess.StartAsync();
        using var client = service.ClientWith(await service.NewKeyAsync("unlimited"));
        byte[][] hostile = [.. new[] { Eater, Guests.EatMemory, Guests.Recursion, Guests.Flood }.Select(Encoding.UTF8.GetBytes)];
        await RunAsync(20);
        var (memory, held) = (await service.MetricAsync("wasm_wizard_process_resident_memory_bytes"), service.Held());
        await RunAsync(120);
        Assert.InRange(await service.MetricAsync("wasm_wizard_process_resident_memory_bytes"), 0, memory + Bound);
        // The pool of the framework may have changed its mind about a thread or two; guests would have left 120.
        Assert.InRange(service.Held().Threads, 1, held.Threads + 10);
        Assert.InRange(service.Held().Descriptors, 1, held.Descriptors + 10);

        async Task RunAsync(int count)
        {
            for (var i = 0; i < count; i++)
            {
                var answer = await RunningService.ExecuteAsync(client, hostile[i % hostile.Length], "");
                Assert.True(answer.Status is 200 or 422, answer.Text);
            }
        }
    }
}
