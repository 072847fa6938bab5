namespace WasmWizard.Service.Modules;

/// <summary>
/// Compiled modules by hash, least recently used out first, bounded by count and by bytes of machine code. The same module
/// asked for several times at once is compiled once.
/// </summary>
internal sealed class CompiledModuleCache(int maxCount, long maxBytes) : IDisposable
{
    private readonly Lock _gate = new();
    private readonly Dictionary<ModuleHash, LinkedListNode<CompiledModule>> _byHash = [];
    private readonly LinkedList<CompiledModule> _byUse = [];
    private readonly Dictionary<ModuleHash, Lazy<Compilation>> _underWay = [];
    private long _bytes;

    public int Count
    {
        get
        {
            lock (_gate)
                return _byHash.Count;
        }
    }

    public long Bytes
    {
        get
        {
            lock (_gate)
                return _bytes;
        }
    }

    /// <summary>The caller holds the module of a Ready answer and disposes it when its execution has ended.</summary>
    public Compilation GetOrCompile(ModuleHash hash, Func<Compilation> compile)
    {
        while (true)
        {
            Lazy<Compilation> work;
            lock (_gate)
            {
                if (TryGet(hash) is { } cached)
                    return new Compilation.Ready(cached, ModuleOrigin.Memory);
                if (!_underWay.TryGetValue(hash, out work!))
                    _underWay.Add(hash, work = new Lazy<Compilation>(() => CompileAndKeep(hash, compile)));
            }

            if (work.Value is not Compilation.Ready ready)
                return work.Value;
            // The cache may have thrown a module out again before this caller got to it; then it starts over.
            if (ready.Module.TryHold())
                return ready;
        }
    }

    /// <summary>What is at hand, held as by <see cref="GetOrCompile"/>; null when it would have to be compiled.</summary>
    public CompiledModule? Find(ModuleHash hash)
    {
        lock (_gate)
            return TryGet(hash);
    }

    public void Dispose()
    {
        lock (_gate)
        {
            foreach (var module in _byUse)
                module.Dispose();
            _byUse.Clear();
            _byHash.Clear();
            _bytes = 0;
        }
    }

    private CompiledModule? TryGet(ModuleHash hash)
    {
        if (!_byHash.TryGetValue(hash, out var node) || !node.Value.TryHold())
            return null;
        _byUse.Remove(node);
        _byUse.AddFirst(node);
        return node.Value;
    }

    private Compilation CompileAndKeep(ModuleHash hash, Func<Compilation> compile)
    {
        try
        {
            var compilation = compile();
            if (compilation is Compilation.Ready ready)
                Keep(ready.Module);
            return compilation;
        }
        finally
        {
            lock (_gate)
                _underWay.Remove(hash);
        }
    }

    private void Keep(CompiledModule module)
    {
        lock (_gate)
        {
            _byHash.Add(module.Hash, _byUse.AddFirst(module));
            _bytes += module.CodeBytes;
            // One module larger than the whole bound stays until the next one comes: it was just asked for.
            while (_byUse.Count > 1 && (_byUse.Count > maxCount || _bytes > maxBytes))
            {
                var last = _byUse.Last!.Value;
                _byUse.RemoveLast();
                _byHash.Remove(last.Hash);
                _bytes -= last.CodeBytes;
                last.Dispose();
            }
        }
    }
}
