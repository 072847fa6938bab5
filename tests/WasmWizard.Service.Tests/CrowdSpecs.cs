using System.Net.Sockets;
using System.Text;
using WasmWizard.Service.Accounts;

namespace WasmWizard.Service.Tests;

/// <summary>Very many of something at once: clients that do not finish, bodies that break off, modules that nobody has seen before.</summary>
public class CrowdSpecs
{
    private const string HalfAForm =
        "POST /api/execute HTTP/1.1\r\nHost: localhost\r\nContent-Type: multipart/form-data; boundary=b\r\nContent-Length: 50000\r\n\r\n--b\r\nContent-Disposition: form-data; name=\"wasm\"\r\n\r\n(mod";

    [Theory]
    [InlineData("POST /api/exec")]
    [InlineData(HalfAForm)]
    [Trait("suite", "complete")]
    public async Task A_thousand_clients_that_never_finish_cost_no_slot_and_others_are_served(string sent)
    {
        await using var service = await RunningService.StartAsync(("MAX_CONCURRENT_EXECUTIONS", "1"), ("MAX_QUEUE", "0"));
        var slow = new List<TcpClient>();
        for (var i = 0; i < 1000; i++)
        {
            var client = new TcpClient();
            slow.Add(client);
            await client.ConnectAsync("127.0.0.1", service.Client.BaseAddress!.Port);
            await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(sent));
        }

        for (var i = 0; i < 20; i++)
            Assert.Equal($"{i}", (await service.ExecuteAsync(Guests.Echo, $"{i}"))["output"]);
        Assert.Equal(0, await service.MetricAsync("wasm_wizard_executions_running"));
        slow.ForEach(client => client.Dispose());
        Assert.Equal("after", (await service.ExecuteAsync(Guests.Echo, "after"))["output"]);
        Assert.DoesNotContain("status=\"500\"", (await service.GetAsync("/metrics")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_input_of_a_stored_module_that_breaks_off_is_no_fault_of_the_service()
    {
        await using var service = await RunningService.StartAsync(("MAX_CONCURRENT_EXECUTIONS", "1"));
        var key = await service.NewKeyAsync(Tier.Unlimited);
        using var owner = service.ClientWith(key);
        var id = (await ApiCases.UploadAsync(owner, "/api/modules", Encoding.UTF8.GetBytes(Guests.Echo)))["id"];
        using (var client = new TcpClient())
        {
            await client.ConnectAsync("127.0.0.1", service.Client.BaseAddress!.Port);
            await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(
                $"POST /api/modules/{id}/execute HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {key}\r\nContent-Type: text/plain\r\nContent-Length: 5000\r\n\r\nhalf"));
        }

        await RunningService.UntilAsync(async () => (await service.GetAsync("/metrics")).Text.Contains("route=\"/api/modules/{id}/execute\",status=\"4", StringComparison.Ordinal));
        Assert.Equal("whole", (await ApiCases.PostAsync(owner, $"/api/modules/{id}/execute", new StringContent("whole")))["output"]);
        Assert.DoesNotContain("status=\"500\"", (await service.GetAsync("/metrics")).Text, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("suite", "complete")]
    public async Task Of_thousands_of_different_modules_a_bounded_number_is_kept()
    {
        await using var service = await RunningService.StartAsync();
        await Parallel.ForAsync(0, 3000, new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (i, cancellation) =>
        {
            var answer = await service.ExecuteAsync($"{Guests.Exit(i % 2)} ;; {i}", cancellation: cancellation);
            Assert.Equal(i % 2 == 0 ? 200 : 422, answer.Status);
        });
        Assert.InRange(await service.MetricAsync("wasm_wizard_module_cache_modules"), 1, 1024);
        Assert.Equal("still served", (await service.ExecuteAsync(Guests.Echo, "still served"))["output"]);
    }
}
