using System.Buffers;
using System.Text;
using WasmWizard.Service.Executions;
using WasmWizard.Service.Metrics;
using WasmWizard.Service.Modules;

namespace WasmWizard.Service.Tests;

/// <summary>Executing a module that the service keeps: its bytes are asked for only when nothing compiled is at hand.</summary>
public sealed class StoredModuleSpecs : IDisposable
{
    private static readonly byte[] Echo = Encoding.UTF8.GetBytes(Guests.Echo);

    private readonly Executor _executor = new(new ExecutorOptions(2, 2, 64, 1 << 20, false, null) { CachedModules = 1 }, new ServiceMetrics());
    private int _loads;

    public void Dispose() => _executor.Dispose();

    [Fact]
    public async Task The_bytes_are_fetched_once()
    {
        Assert.Equal("one", await EchoAsync("one"));
        Assert.Equal("two", await EchoAsync("two"));
        Assert.Equal(1, _loads);
    }

    [Fact]
    public async Task Thrown_out_of_the_cache_it_is_fetched_again()
    {
        await EchoAsync("one");
        await _executor.ExecuteAsync(Request(Encoding.UTF8.GetBytes(Guests.Exit(0)), ""), CancellationToken.None);
        await EchoAsync("two");
        Assert.Equal(2, _loads);
    }

    [Fact]
    public async Task Asked_for_with_and_without_bytes_at_once_all_are_answered()
    {
        var replies = await Task.WhenAll(Enumerable.Range(0, 32).Select(i => i % 2 == 0
            ? EchoAsync($"{i}")
            : OutputAsync(Request(Echo, $"{i}"))));
        Assert.Equal(Enumerable.Range(0, 32).Select(i => $"{i}"), replies);
    }

    [Fact]
    public async Task A_checked_module_runs_without_its_bytes()
    {
        Assert.Null(await _executor.CheckAsync(ModuleHash.Of(Echo), Echo, "one", CancellationToken.None));
        Assert.Equal("checked", await EchoAsync("checked"));
        Assert.Equal(0, _loads);
    }

    [Theory]
    [InlineData("9F86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08")]
    [InlineData("9f86")]
    [InlineData("")]
    [InlineData("../../../../../../../../../../../../../../../../../../etc/passwdd")]
    public void A_hash_is_64_lower_case_digits_and_nothing_else(string text)
    {
        Assert.Throws<FormatException>(() => ModuleHash.Parse(text));
        Assert.Equal(ModuleHash.Of("test"u8), ModuleHash.Parse(ModuleHash.Of("test"u8).ToString()));
    }

    /// <summary>As the service does it: first by hash alone, with the bytes only when they are asked for.</summary>
    private async Task<string> EchoAsync(string input)
    {
        var reply = await _executor.ExecuteAsync(Request(Echo, input) with { Module = null }, CancellationToken.None);
        if (reply is ExecutionReply.Ran ran)
            return Encoding.UTF8.GetString(ran.Result.Output.Span);
        Assert.IsType<ExecutionReply.Absent>(reply);
        Interlocked.Increment(ref _loads);
        return await OutputAsync(Request(Echo, input));
    }

    private async Task<string> OutputAsync(ExecutionRequest request) =>
        Encoding.UTF8.GetString(Assert.IsType<ExecutionReply.Ran>(await _executor.ExecuteAsync(request, CancellationToken.None)).Result.Output.Span);

    private static ExecutionRequest Request(byte[] module, string input) =>
        new(ModuleHash.Of(module), new ReadOnlySequence<byte>(module), Encoding.UTF8.GetBytes(input), new ExecutionLimits(TimeSpan.FromSeconds(60), 1 << 20, 1000, 0), "one", "free");
}
