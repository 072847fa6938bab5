using WasmWizard.Service.Executions;

namespace WasmWizard.Service.Tests;

public sealed class ExecutionPoolSpecs : IDisposable
{
    private readonly ExecutionPool _pool = new(threads: 2, maxRunningOfOne: 1, maxQueue: 4);

    private readonly SemaphoreSlim _begun = new(0);
    private readonly SemaphoreSlim _go = new(0);

    public void Dispose()
    {
        _pool.Dispose();
        _begun.Dispose();
        _go.Dispose();
    }

    [Fact]
    public async Task It_is_idle_when_nothing_runs_and_nothing_waits()
    {
        Assert.True(_pool.WhenIdle().IsCompleted);
        Assert.True(_pool.TryEnter("one"));
        var first = _pool.WhenIdle();
        Assert.Same(first, _pool.WhenIdle());
        Assert.True(_pool.TryEnqueue("other", Work));
        Assert.True(_pool.TryEnqueue("other", Work));
        try
        {
            await _begun.WaitAsync();
            _pool.Leave("one");
            Assert.False(first.IsCompleted);
            _go.Release();
            await _begun.WaitAsync();
            Assert.False(first.IsCompleted);
        }
        finally
        {
            _go.Release(2);
        }

        await first;
        Assert.True(_pool.WhenIdle().IsCompleted);
        Assert.True(_pool.TryEnter("one"));
        var second = _pool.WhenIdle();
        Assert.False(second.IsCompleted);
        _pool.Leave("one");
        await second;

        Action Work()
        {
            _begun.Release();
            _go.Wait();
            return () => { };
        }
    }

    [Fact]
    public void A_callers_share_is_counted_up_and_down()
    {
        for (var i = 0; i < 3; i++)
        {
            Assert.True(_pool.TryEnter("one"));
            Assert.False(_pool.TryEnter("one"));
            Assert.True(_pool.TryEnter("other"));
            Assert.False(_pool.TryEnter("third"));
            Assert.Equal(2, _pool.Running);
            _pool.Leave("other");
            _pool.Leave("one");
            Assert.Equal(0, _pool.Running);
        }
    }
}
