using WasmWizard.Delivery.Backups;

namespace WasmWizard.Delivery.Tests.Backups;

public class LostWritesSpecs
{
    private static readonly DateTimeOffset At = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    [Fact]
    public void Every_table_that_would_lose_something_is_told() => Assert.Equal(
        [
            "Written since 2026-01-02 03:04:05Z, and lost by a restore:",
            "  public.keys: 1 rows written or changed, 1 rows deleted or changed come back as they were",
            "  public.runs: 7 rows written or changed, 0 rows deleted or changed come back as they were",
        ],
        new LostWrites([new("public.runs", 7, 0), new("public.keys", 1, 1)]).Lines(At));

    [Fact]
    public void When_nothing_would_be_lost_that_is_told() =>
        Assert.Equal(["Nothing was written since 2026-01-02 03:04:05Z."], new LostWrites([]).Lines(At));

    [Fact]
    public void Rows_are_summed_up() => Assert.Equal(8, new LostWrites([new("a", 7, 3), new("b", 1, 0)]).Rows);
}
