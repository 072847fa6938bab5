using System.Text;
using WasmWizard.Service.Executions;
using WasmWizard.Service.Modules;

namespace WasmWizard.Service.Tests;

public sealed class CompiledModuleCacheSpecs : IDisposable
{
    private readonly GuestEngine _engine = new(slots: 1, maxMemoryBytes: 1 << 20, meterFuel: false);
    private int _compiled;

    public void Dispose() => _engine.Dispose();

    [Fact]
    public void The_least_recently_used_goes_first_when_there_are_too_many()
    {
        using var cache = new CompiledModuleCache(maxCount: 2, maxBytes: long.MaxValue);
        Use(cache, 1);
        Use(cache, 2);
        Use(cache, 1);
        Use(cache, 3);
        Assert.Equal((2, 3), (cache.Count, _compiled));
        Assert.True(Use(cache, 1));
        Assert.False(Use(cache, 2));
    }

    [Fact]
    public void Bytes_bound_it_as_well_and_one_module_larger_than_all_stays()
    {
        using var cache = new CompiledModuleCache(maxCount: 100, maxBytes: 1);
        Use(cache, 1);
        Use(cache, 2);
        Assert.Equal(1, cache.Count);
        Assert.True(cache.Bytes > 1);
        Assert.True(Use(cache, 2));
    }

    [Fact]
    public async Task Asked_for_by_many_at_once_it_is_compiled_once()
    {
        using var cache = new CompiledModuleCache(maxCount: 2, maxBytes: long.MaxValue);
        await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(() => Use(cache, 7))));
        Assert.Equal(1, _compiled);
    }

    [Fact]
    public async Task Thousands_of_modules_leave_no_more_than_the_bound()
    {
        using var cache = new CompiledModuleCache(maxCount: 8, maxBytes: long.MaxValue);
        await Parallel.ForAsync(0, 2000, (i, _) =>
        {
            Use(cache, i % 40);
            return ValueTask.CompletedTask;
        });
        Assert.Equal(8, cache.Count);
    }

    [Fact]
    public void A_refusal_is_answered_but_not_kept()
    {
        using var cache = new CompiledModuleCache(maxCount: 2, maxBytes: long.MaxValue);
        var hash = ModuleHash.Of("x"u8);
        Assert.IsType<Compilation.Refused>(cache.GetOrCompile(hash, () => new ModuleCompiler(_engine).Compile(hash, "x"u8)));
        Assert.Equal(0, cache.Count);
    }

    [Fact]
    public void A_module_thrown_out_while_it_runs_is_released_after_its_last_holder()
    {
        var cache = new CompiledModuleCache(maxCount: 1, maxBytes: long.MaxValue);
        var held = Assert.IsType<Compilation.Ready>(Get(cache, 1)).Module;
        Use(cache, 2);
        Assert.True(held.TryHold());
        held.Dispose();
        held.Dispose();
        Assert.False(held.TryHold());
        cache.Dispose();
        Assert.Equal((0, 0L), (cache.Count, cache.Bytes));
    }

    private bool Use(CompiledModuleCache cache, int number)
    {
        var ready = Assert.IsType<Compilation.Ready>(Get(cache, number));
        ready.Module.Dispose();
        return ready.Origin == ModuleOrigin.Memory;
    }

    private Compilation Get(CompiledModuleCache cache, int number)
    {
        var bytes = Encoding.UTF8.GetBytes($"(module (func (export \"_start\") (drop (i32.const {number}))))");
        var hash = ModuleHash.Of(bytes);
        return cache.GetOrCompile(hash, () =>
        {
            Interlocked.Increment(ref _compiled);
            return new ModuleCompiler(_engine).Compile(hash, bytes);
        });
    }
}
