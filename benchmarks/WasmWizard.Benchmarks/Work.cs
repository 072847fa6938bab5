namespace WasmWizard.Benchmarks;

/// <summary>How often each benchmark does what it measures: always equally often, so that two programs measure in step, and more often when it is to be slower.</summary>
public static class Work
{
    /// <summary>How much more often, percent, a multiple of 5.</summary>
    public static int SlowdownPercent { get; set; }

    /// <summary>Does it so many times and a slowdown's share more; what it returned is added up, so that none of it can be left out.</summary>
    /// <param name="times">Divisible by 20: a slowdown of 5 % is a whole number of times. About 10 ms are long enough for the clock and short enough that the machine is as fast for whoever has the next turn.</param>
    /// <param name="once">What is measured.</param>
    public static long Repeat(int times, Func<long> once)
    {
        var sum = 0L;
        for (var left = times + times * SlowdownPercent / 100; left > 0; left--)
            sum += once();
        return sum;
    }
}
