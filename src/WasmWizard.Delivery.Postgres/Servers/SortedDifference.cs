namespace WasmWizard.Delivery.Postgres.Servers;

/// <summary>How many numbers of two sorted streams have no equal in the other, without holding either in memory.</summary>
internal static class SortedDifference
{
    public static async Task<(long OnlyLeft, long OnlyRight)> Count(IAsyncEnumerable<long> left, IAsyncEnumerable<long> right, CancellationToken cancellation)
    {
        await using var l = left.GetAsyncEnumerator(cancellation);
        await using var r = right.GetAsyncEnumerator(cancellation);
        var (onlyLeft, onlyRight) = (0L, 0L);
        var (hasLeft, hasRight) = (await l.MoveNextAsync(), await r.MoveNextAsync());
        while (hasLeft || hasRight)
        {
            var order = (hasLeft, hasRight) switch
            {
                (true, false) => -1,
                (false, true) => 1,
                _ => l.Current.CompareTo(r.Current),
            };
            if (order < 0)
                onlyLeft++;
            if (order > 0)
                onlyRight++;
            if (order <= 0)
                hasLeft = await l.MoveNextAsync();
            if (order >= 0)
                hasRight = await r.MoveNextAsync();
        }

        return (onlyLeft, onlyRight);
    }
}
