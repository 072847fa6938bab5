namespace WasmWizard.Service.Executions;

/// <summary>A number of turns that are had one after the other: who asked first is served first, also when one who gives back asks again at once.</summary>
internal sealed class Turns(int count)
{
    private readonly Lock _gate = new();
    private readonly LinkedList<ManualResetEventSlim> _waiting = [];
    private int _free = count;

    /// <summary>Waits at most <paramref name="longest"/>, and not when nobody waits for the guest; false when there was no turn to be had.</summary>
    public bool TryTake(TimeSpan longest, CancellationToken abandoned)
    {
        LinkedListNode<ManualResetEventSlim> place;
        lock (_gate)
        {
            if (_free > 0)
            {
                _free--;
                return true;
            }

            place = _waiting.AddLast(new ManualResetEventSlim(initialState: false, spinCount: 0));
        }

        using var called = place.Value;
        try
        {
            called.Wait(longest > TimeSpan.Zero ? longest : TimeSpan.Zero, abandoned);
        }
        catch (OperationCanceledException)
        {
            // Whether a turn was handed over all the same is looked at below.
        }

        lock (_gate)
        {
            if (place.List is null)
                return true;
            _waiting.Remove(place);
            return false;
        }
    }

    /// <summary>Hands the turn to the first who waits, after a while.</summary>
    public void GiveBack(TimeSpan after)
    {
        if (after == TimeSpan.Zero)
            GiveBack();
        else
            _ = GiveBackLater();

        async Task GiveBackLater()
        {
            await Task.Delay(after);
            GiveBack();
        }
    }

    private void GiveBack()
    {
        lock (_gate)
        {
            if (_waiting.First is not { } next)
            {
                _free++;
                return;
            }

            _waiting.Remove(next);
            next.Value.Set();
        }
    }
}
