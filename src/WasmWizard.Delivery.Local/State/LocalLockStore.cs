using System.Text.Json;
using WasmWizard.Delivery.Local.Protocol.Files;
using WasmWizard.Delivery.Local.Protocol.Processes;
using WasmWizard.Delivery.Locks;
using WasmWizard.Delivery.Ports;

namespace WasmWizard.Delivery.Local.State;

/// <summary>
/// The lock of an environment on this machine: a small file with holder, process, lease and token, replaced by rename. An advisory file
/// lock, which the system gives back when a process dies, guards the moment between reading and replacing it and nothing longer.
/// </summary>
public sealed class LocalLockStore(LocalState state, TimeProvider time) : ILockStore
{
    /// <summary>More than any record needs; JSON may be followed by spaces.</summary>
    private const int RecordBytes = 2048;

    public Task<LockAttempt> TryAcquire(string holder, string reason, TimeSpan lease, CancellationToken cancellation) =>
        Guarded<LockAttempt>(record =>
        {
            var now = time.GetUtcNow();
            var current = record.AsLock();
            if (LockRule.Decide(current, record.Holder?.Life ?? HolderLife.Unknown, now) is LockDecision.Respect)
                return new LockAttempt.Held(current!);
            var next = new LockRecord(
                LockRule.Next(new FencingToken(record.Token)).Value,
                new LockHolder(holder, reason, now, lease, now, ProcessIdentity.Current, MachineIdentity.Current));
            Write(next);
            return new LockAttempt.Acquired(next.AsLock()!, current);
        }, cancellation);

    public Task<bool> Renew(FencingToken token, CancellationToken cancellation) =>
        Guarded(record =>
        {
            if (!IsHeldBy(record, token))
                return false;
            Write(record with { Holder = record.Holder! with { Renewed = time.GetUtcNow() } });
            return true;
        }, cancellation);

    public Task Release(FencingToken token, CancellationToken cancellation) =>
        Guarded(record =>
        {
            if (IsHeldBy(record, token))
                Write(record with { Holder = null });
            return true;
        }, cancellation);

    public Task<DeploymentLock?> Read(CancellationToken cancellation) => Task.FromResult(Load().AsLock());

    public Task<bool> Break(string holder, CancellationToken cancellation) =>
        Guarded(record =>
        {
            if (record.Holder?.Name != holder)
                return false;
            Write(record with { Holder = null });
            return true;
        }, cancellation);

    private static bool IsHeldBy(LockRecord record, FencingToken token) => record.Holder is not null && record.Token == token.Value;

    private async Task<T> Guarded<T>(Func<LockRecord, T> change, CancellationToken cancellation)
    {
        Folders.Create(state.Folder);
        await using var guard = await Exclusive.Hold(state.Lock + ".guard", cancellation);
        return change(Load());
    }

    private LockRecord Load()
    {
        if (AtomicFile.Read(state.Lock) is not { } bytes)
            return new LockRecord(0, null);
        try
        {
            return JsonSerializer.Deserialize(bytes, LockJson.Default.LockRecord)!;
        }
        catch (JsonException unreadable)
        {
            throw new InvalidDataException($"{state.Lock} is not readable as a lock, so nobody can tell who holds it: {unreadable.Message}", unreadable);
        }
    }

    /// <summary>
    /// Every record has the same size, so that on a full disk, where no new file can be written, it can still be written over the old
    /// one: a lock must be given back there too. That is one write, which the death of this process does not tear.
    /// </summary>
    private void Write(LockRecord record)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(record, LockJson.Default.LockRecord);
        var padded = new byte[Math.Max(json.Length, RecordBytes)];
        padded.AsSpan().Fill((byte)' ');
        json.CopyTo(padded, 0);
        try
        {
            AtomicFile.Write(state.Lock, padded);
        }
        catch (IOException) when (File.Exists(state.Lock) && new FileInfo(state.Lock).Length == padded.Length)
        {
            using var file = new FileStream(state.Lock, FileMode.Open, FileAccess.Write, FileShare.Read, bufferSize: 0);
            file.Write(padded);
            file.Flush(flushToDisk: true);
        }
    }
}
