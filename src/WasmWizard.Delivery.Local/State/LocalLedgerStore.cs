using System.Text;
using WasmWizard.Delivery.Ledger;
using WasmWizard.Delivery.Local.Protocol.Files;
using WasmWizard.Delivery.Ports;

namespace WasmWizard.Delivery.Local.State;

/// <summary>
/// The ledger as a file of lines. An entry is one write at the end, written through to the disk; what a crash or a full disk leaves of
/// one is cut off, because its writer was never told that it had been written.
/// </summary>
public sealed class LocalLedgerStore(LocalState state) : ILedgerStore
{
    private const byte LineEnd = (byte)'\n';

    public async Task<RawLedger> Read(CancellationToken cancellation)
    {
        if (!File.Exists(state.Ledger))
            return new RawLedger([], null);
        await using var guard = await Guard(cancellation);
        var bytes = await File.ReadAllBytesAsync(state.Ledger, cancellation);
        var whole = Array.LastIndexOf(bytes, LineEnd) + 1;
        if (whole == bytes.Length)
            return new RawLedger(Lines(bytes), null);
        Cut(whole);
        return new RawLedger(Lines(bytes.AsSpan(0, whole)), Encoding.UTF8.GetString(bytes, whole, bytes.Length - whole));
    }

    public async Task<bool> Append(LedgerEntry entry, CancellationToken cancellation)
    {
        Folders.Create(state.Folder);
        await using var guard = await Guard(cancellation);
        var isNew = !File.Exists(state.Ledger);
        var bytes = isNew ? [] : await File.ReadAllBytesAsync(state.Ledger, cancellation);
        if (Array.LastIndexOf(bytes, LineEnd) + 1 is var whole && whole != bytes.Length)
            throw new InvalidDataException($"{state.Ledger} ends in half an entry; it must be read, and so repaired, before it grows.");
        if (bytes.AsSpan().Count(LineEnd) + 1 != entry.Ordinal)
            return false;
        Write(Encoding.UTF8.GetBytes(LedgerJson.Write(entry) + "\n"), whole);
        if (isNew)
            Folders.Sync(state.Folder);
        return true;
    }

    private Task<FileStream> Guard(CancellationToken cancellation) => Exclusive.Hold(state.Ledger + ".guard", cancellation);

    private void Write(byte[] line, long before)
    {
        var options = new FileStreamOptions { Mode = FileMode.Append, Access = FileAccess.Write, Share = FileShare.Read, BufferSize = 0 };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        try
        {
            using var ledger = new FileStream(state.Ledger, options);
            ledger.Write(line);
            ledger.Flush(flushToDisk: true);
        }
        catch (IOException)
        {
            Cut(before);
            throw;
        }
    }

    private void Cut(long length)
    {
        using var ledger = new FileStream(state.Ledger, FileMode.Open, FileAccess.Write, FileShare.Read);
        ledger.SetLength(length);
        ledger.Flush(flushToDisk: true);
    }

    private static string[] Lines(ReadOnlySpan<byte> bytes) => Encoding.UTF8.GetString(bytes).Split('\n')[..^1];
}
