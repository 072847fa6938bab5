using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;
using WasmWizard.Service.Data;
using WasmWizard.Service.Metrics;
using WasmWizard.Service.Tests.Servers;

namespace WasmWizard.Service.Tests;

/// <summary>Records are written behind the requests and cost them no thread.</summary>
public class UsageLogSpecs
{
    [Fact]
    public async Task Records_are_written_by_no_thread_of_the_pool()
    {
        await using var database = new Watched();
        using var log = new UsageLog(new UsageStore(database), database, new ServiceMetrics(), NullLogger<UsageLog>.Instance);
        await log.StartAsync(CancellationToken.None);
        for (var i = 0; i < 3; i++)
        {
            log.Add(new UsageRecord(DateTimeOffset.UnixEpoch, "user", null, "free", "hash", "success", 0, TimeSpan.Zero, null, 0, 0, 0));
            await database.Opened.WaitAsync();
        }

        await log.StopAsync(CancellationToken.None);
        Assert.Equal([false, false, false], database.OnPool);
    }

    private sealed class Watched : AbsentDatabase
    {
        public SemaphoreSlim Opened { get; } = new(0);

        public List<bool> OnPool { get; } = [];

        public override Task<DbConnection> OpenAsync(CancellationToken cancellation)
        {
            OnPool.Add(Thread.CurrentThread.IsThreadPoolThread);
            Opened.Release();
            throw new SqliteException("away", 14);
        }
    }
}
