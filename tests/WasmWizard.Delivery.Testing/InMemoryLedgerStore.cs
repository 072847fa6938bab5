using WasmWizard.Delivery.Ledger;
using WasmWizard.Delivery.Ports;

namespace WasmWizard.Delivery.Testing;

/// <summary>A ledger in memory that several processes may share, each through its own <see cref="As"/>.</summary>
public sealed class InMemoryLedgerStore : ILedgerStore
{
    private readonly Storage _storage;
    private readonly SimulatedProcess _process;

    public InMemoryLedgerStore()
        : this(new Storage(), new SimulatedProcess("somebody"))
    {
    }

    private InMemoryLedgerStore(Storage storage, SimulatedProcess process) => (_storage, _process) = (storage, process);

    /// <summary>The raw lines; a test may damage them.</summary>
    public List<string> Lines => _storage.Lines;

    /// <summary>A half-written last line, until somebody reads.</summary>
    public string? TornTail
    {
        get => _storage.Torn;
        set => _storage.Torn = value;
    }

    /// <summary>Called after every entry that was stored.</summary>
    public Action<LedgerEntry> Appended
    {
        get => _storage.Appended;
        set => _storage.Appended = value;
    }

    /// <summary>The same ledger as <paramref name="process"/> reaches it.</summary>
    public InMemoryLedgerStore As(SimulatedProcess process) => new(_storage, process);

    /// <summary>The verified chain, past every process.</summary>
    public LedgerReading Verify() => LedgerChain.Read(new RawLedger([.. Lines], null));

    public Task<RawLedger> Read(CancellationToken cancellation) => _process.Read(() =>
    {
        lock (_storage)
        {
            var torn = _storage.Torn;
            _storage.Torn = null;
            return new RawLedger([.. _storage.Lines], torn);
        }
    });

    public Task<bool> Append(LedgerEntry entry, CancellationToken cancellation)
    {
        var line = LedgerJson.Write(entry);
        return _process.Effect($"append {entry.Step ?? entry.Action} {entry.Outcome}", () => Store(entry, line), () => _storage.Torn = line[..(line.Length / 2)]);
    }

    private bool Store(LedgerEntry entry, string line)
    {
        lock (_storage)
        {
            // Whoever appends behind a torn end cuts it off first, as a file store must.
            _storage.Torn = null;
            if (entry.Ordinal != _storage.Lines.Count + 1)
            {
                return false;
            }

            _storage.Lines.Add(line);
            _storage.Appended(entry);
            return true;
        }
    }

    private sealed class Storage
    {
        public List<string> Lines { get; } = [];

        public string? Torn { get; set; }

        public Action<LedgerEntry> Appended { get; set; } = _ => { };
    }
}
