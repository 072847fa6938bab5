namespace WasmWizard.Service.Data;

/// <summary>
/// Reads of rows by key that are never older than the question and still cost little when many ask. What was read is remembered
/// only as long as the database says that nobody changed anything since (<see cref="IDatabase.Version"/>). Where it cannot say so,
/// those who ask while a look is under way share the next one: it begins after all of them asked.
/// </summary>
/// <param name="read">Reads the rows of some keys; keys without a row are absent from the answer.</param>
/// <param name="maxRemembered">Rows in memory; beyond that all are forgotten.</param>
internal sealed class FreshReads<TRow>(
    IDatabase database, Func<IReadOnlyCollection<string>, CancellationToken, Task<IReadOnlyDictionary<string, TRow>>> read, int maxRemembered)
    where TRow : class
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, TRow> _remembered = new(StringComparer.Ordinal);
    private long _version;
    private Dictionary<string, TaskCompletionSource<TRow?>> _waiting = new(StringComparer.Ordinal);
    private bool _looking;

    /// <summary>The row as it was at some moment after this was asked; null when there was none.</summary>
    /// <param name="seen">The database's version at an earlier moment, from which on the row may be; null: now.</param>
    public ValueTask<TRow?> FindAsync(string key, CancellationToken cancellation, long? seen = null)
    {
        if ((seen ?? database.Version()) is not { } version)
            return new(ShareLookAsync(key, cancellation));
        lock (_gate)
        {
            if (version == _version && _remembered.TryGetValue(key, out var row))
                return new(row);
        }

        return new(ReadAndRememberAsync(key, version, cancellation));
    }

    /// <param name="version">Known before the read: a row read later is at least as new.</param>
    private async Task<TRow?> ReadAndRememberAsync(string key, long version, CancellationToken cancellation)
    {
        // Rows that are not there are not remembered: anybody can ask for any number of them.
        if (!(await read([key], cancellation)).TryGetValue(key, out var row))
            return null;
        lock (_gate)
        {
            if (version != _version || _remembered.Count >= maxRemembered)
                _remembered.Clear();
            _version = version;
            _remembered[key] = row;
        }

        return row;
    }

    private Task<TRow?> ShareLookAsync(string key, CancellationToken cancellation)
    {
        bool begin;
        TaskCompletionSource<TRow?>? answer;
        lock (_gate)
        {
            if (!_waiting.TryGetValue(key, out answer))
                _waiting.Add(key, answer = new TaskCompletionSource<TRow?>(TaskCreationOptions.RunContinuationsAsynchronously));
            begin = !_looking;
            _looking = true;
        }

        if (begin)
            _ = LookWhileAskedAsync();
        return answer.Task.WaitAsync(cancellation);
    }

    private async Task LookWhileAskedAsync()
    {
        while (true)
        {
            Dictionary<string, TaskCompletionSource<TRow?>> asked;
            lock (_gate)
            {
                asked = _waiting;
                _looking = asked.Count > 0;
                if (!_looking)
                    return;
                _waiting = new(StringComparer.Ordinal);
            }

            try
            {
                // No one caller's leaving may fail the others.
                var rows = await read(asked.Keys, CancellationToken.None);
                foreach (var (key, answer) in asked)
                    answer.SetResult(rows.GetValueOrDefault(key));
            }
#pragma warning disable CA1031 // Whatever it is belongs to those who asked, and the next ones are looked for all the same.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                foreach (var answer in asked.Values)
                    answer.TrySetException(exception);
            }
        }
    }
}
