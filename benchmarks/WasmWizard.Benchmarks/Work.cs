namespace WasmWizard.Benchmarks;

/// <summary>How much each benchmark does: the same number of rounds everywhere, so that more of them slow everything by the same share.</summary>
public static class Work
{
    /// <summary>Divisible by 20: a slowdown of 5 % is a whole round.</summary>
    public static int Rounds { get; set; } = 20;
}
