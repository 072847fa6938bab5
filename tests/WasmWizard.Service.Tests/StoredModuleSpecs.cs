using System.Text;
using WasmWizard.Service.Executions;
using WasmWizard.Service.Metrics;
using WasmWizard.Service.Modules;

namespace WasmWizard.Service.Tests;

/// <summary>Executing a module that the service keeps: its bytes are fetched only when nothing compiled is at hand.</summary>
public sealed class StoredModuleSpecs : IDisposable
{
    private static readonly byte[] Echo = Encoding.UTF8.GetBytes(Guests.Echo);

    private readonly Executor _executor = new(new ExecutorOptions(2, 64, 1 << 20, false, null) { CachedModules = 1 }, new ServiceMetrics());
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
        await _executor.ExecuteAsync(Request(new ModuleSource.Sent(Encoding.UTF8.GetBytes(Guests.Exit(0))), ""), CancellationToken.None);
        await EchoAsync("two");
        Assert.Equal(2, _loads);
    }

    [Fact]
    public async Task Asked_for_with_and_without_bytes_at_once_all_are_answered()
    {
        var replies = await Task.WhenAll(Enumerable.Range(0, 32).Select(i => i % 2 == 0
            ? EchoAsync($"{i}")
            : OutputAsync(Request(new ModuleSource.Sent(Echo), $"{i}"))));
        Assert.Equal(Enumerable.Range(0, 32).Select(i => $"{i}"), replies);
    }

    [Fact]
    public async Task What_loading_throws_reaches_the_caller_and_the_slots_stay_free()
    {
        var broken = new ModuleSource.Stored(ModuleHash.Of("gone"u8), _ => throw new IOException("The database does not answer."));
        for (var i = 0; i < 10; i++)
            await Assert.ThrowsAsync<IOException>(() => _executor.ExecuteAsync(Request(broken, ""), CancellationToken.None));
        Assert.Equal("served", await EchoAsync("served"));
    }

    [Theory]
    [InlineData("9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08", true)]
    [InlineData("9F86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08", false)]
    [InlineData("9f86", false)]
    [InlineData("", false)]
    [InlineData("../../../../../../../../../../../../../../../../../../etc/passwdd", false)]
    public void A_hash_is_64_lower_case_digits_and_nothing_else(string text, bool valid)
    {
        Assert.Equal(valid, ModuleHash.Parse(text) is not null);
        Assert.Equal(ModuleHash.Of("test"u8), ModuleHash.Parse(ModuleHash.Of("test"u8).ToString()));
    }

    private Task<string> EchoAsync(string input) => OutputAsync(Request(new ModuleSource.Stored(ModuleHash.Of(Echo), _ =>
    {
        Interlocked.Increment(ref _loads);
        return Task.FromResult<ReadOnlyMemory<byte>>(Echo);
    }), input));

    private async Task<string> OutputAsync(ExecutionRequest request) =>
        Encoding.UTF8.GetString(Assert.IsType<ExecutionReply.Ran>(await _executor.ExecuteAsync(request, CancellationToken.None)).Result.Output.Span);

    private static ExecutionRequest Request(ModuleSource module, string input) =>
        new(module, Encoding.UTF8.GetBytes(input), new ExecutionLimits(TimeSpan.FromSeconds(60), 1 << 20, 1000, 0));
}
