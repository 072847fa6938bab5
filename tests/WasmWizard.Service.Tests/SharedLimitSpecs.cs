using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text;
using WasmWizard.Service.Accounts;
using WasmWizard.Service.Tests.Servers;

namespace WasmWizard.Service.Tests;

/// <summary>Three processes of the service, one Redis, one PostgreSQL: a caller's limit is one limit.</summary>
[Collection(Backend.Name)]
[Trait("suite", "complete")]
public sealed class SharedLimitSpecs(PostgresServer postgres, RedisServer redis)
{
    private const int Limit = 20;
    private const int ClientsOfEach = 8;
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private static readonly byte[] Module = Encoding.UTF8.GetBytes(Guests.Exit(0));

    [ServersFact]
    public async Task Eight_clients_of_each_of_three_processes_get_exactly_the_limit_in_any_window_and_a_slow_one_is_never_refused()
    {
        (string, string)[] shared = [("DATABASE_URL", await postgres.NewDatabaseAsync()), ("REDIS_URL", redis.Url), ("MIGRATE_ON_START", "false")];
        await using var host = await RunningService.StartAsync(shared);
        await host.Tiers.PutAsync(new Tier("basic", 1, Limit, null, 1 << 26, TimeSpan.FromSeconds(5)), default);
        var (eager, patient) = (await host.NewKeyAsync("basic"), await host.NewKeyAsync("basic"));
        await using var one = await ServiceProcess.StartAsync(shared);
        await using var two = await ServiceProcess.StartAsync(shared);
        await using var three = await ServiceProcess.StartAsync(shared);
        ServiceProcess[] processes = [one, two, three];

        var admitted = new ConcurrentBag<(TimeSpan Asked, TimeSpan Answered)>();
        var clock = Stopwatch.StartNew();
        var end = Window * 1.25;
        var storm = Task.WhenAll(processes.SelectMany(process => Enumerable.Range(0, ClientsOfEach).Select(_ => StormAsync(process, eager, clock, end, admitted))));
        await Task.WhenAll(storm, AskSlowlyAsync(processes, patient, clock, end));

        foreach (var (asked, _) in admitted)
            Assert.InRange(admitted.Count(a => a.Asked >= asked && a.Answered < asked + Window), 0, Limit);
        Assert.Equal(2 * Limit, admitted.Count);
    }

    /// <summary>Asks again as soon as it is answered, and ten times a second while it is refused.</summary>
    private static async Task StormAsync(
        ServiceProcess process, string key, Stopwatch clock, TimeSpan end, ConcurrentBag<(TimeSpan Asked, TimeSpan Answered)> admitted)
    {
        using var client = process.ClientWith(key);
        while (clock.Elapsed < end)
        {
            var asked = clock.Elapsed;
            var answer = await RunningService.ExecuteAsync(client, Module, "");
            if (answer.Status == 200)
            {
                admitted.Add((asked, clock.Elapsed));
                continue;
            }

            Assert.Equal(429, answer.Status);
            await Task.Delay(TimeSpan.FromMilliseconds(100));
        }
    }

    /// <summary>One process after the other, each time when the oldest admission has just left the window.</summary>
    private static async Task AskSlowlyAsync(ServiceProcess[] processes, string key, Stopwatch clock, TimeSpan end)
    {
        for (var i = 0; clock.Elapsed < end; i++)
        {
            using var client = processes[i % processes.Length].ClientWith(key);
            var answer = await RunningService.ExecuteAsync(client, Module, "");
            Assert.True(answer.Status == 200, $"Asked for the {i + 1}th time after {clock.Elapsed}: {answer.Text}");
            await Task.Delay((Window / Limit) + TimeSpan.FromMilliseconds(20));
        }
    }
}
