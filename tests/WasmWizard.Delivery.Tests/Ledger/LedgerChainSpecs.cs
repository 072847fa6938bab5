using System.Text.Json;
using WasmWizard.Delivery.Ledger;
using WasmWizard.Delivery.Ports;

namespace WasmWizard.Delivery.Tests.Ledger;

public class LedgerChainSpecs
{
    private static readonly DateTimeOffset At = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    [Fact]
    public void An_empty_ledger_is_whole()
    {
        var whole = Assert.IsType<LedgerReading.Whole>(LedgerChain.Read(new RawLedger([], null)));

        Assert.Empty(whole.Chain.Entries);
        Assert.Equal(new string('0', 64), whole.Chain.Head);
    }

    [Fact]
    public void A_whole_ledger_is_read_with_the_note_of_its_torn_tail()
    {
        var whole = Assert.IsType<LedgerReading.Whole>(LedgerChain.Read(new RawLedger(Lines(5), "{\"ordinal\":6,")));

        Assert.Equal([1, 2, 3, 4, 5], whole.Chain.Entries.Select(entry => entry.Ordinal));
        Assert.Equal("{\"ordinal\":6,", whole.TornTail);
        Assert.Equal(whole.Chain.Head, whole.Chain.Entries[^1].Hash);
    }

    [Theory]
    [InlineData("removed in the middle", 3, "entry 4 stands in place of entry 3")]
    [InlineData("removed at the start", 1, "entry 2 stands in place of entry 1")]
    [InlineData("edited", 3, "bytes hash to")]
    [InlineData("garbage", 3, "not readable")]
    [InlineData("swapped", 2, "entry 3 stands in place of entry 2")]
    [InlineData("twice", 3, "entry 2 stands in place of entry 3")]
    [InlineData("grafted", 3, "the entry follows")]
    public void A_break_is_named_with_its_place_and_the_way_out(string damage, long ordinal, string observed)
    {
        var broken = Assert.IsType<LedgerReading.Broken>(LedgerChain.Read(new RawLedger(Damaged(damage), null)));

        Assert.Equal(ordinal, broken.At.Ordinal);
        Assert.Contains(observed, broken.At.Observed, StringComparison.Ordinal);
        Assert.NotEmpty(broken.At.Required);
        Assert.Contains("./build.sh Status", broken.At.Next, StringComparison.Ordinal);
    }

    [Fact]
    public void Only_the_very_next_entry_extends_a_chain()
    {
        var chain = Chain(2);
        var next = chain.Seal(new LedgerDraft("deploy", "started"), "ada", At);

        Assert.Equal(3, chain.With(next).Entries.Count);
        Assert.Throws<ArgumentException>(() => chain.With(next with { Ordinal = 4 }));
        Assert.Throws<ArgumentException>(() => chain.With(next with { By = "eve" }));
        Assert.Throws<ArgumentException>(() => Chain(1).With(next));
    }

    [Fact]
    public void History_as_JSON_has_every_field_in_every_entry()
    {
        using var json = JsonDocument.Parse(HistoryJson.Write(Chain(2)));

        var entries = json.RootElement.GetProperty("entries").EnumerateArray().ToList();
        Assert.Equal(2, entries.Count);
        Assert.All(entries, entry => Assert.Equal(
            ["ordinal", "at", "by", "action", "release", "rollout", "step", "outcome", "detail", "previousHash", "hash"],
            entry.EnumerateObject().Select(field => field.Name)));
        Assert.Equal(entries[0].GetProperty("hash").GetString(), entries[1].GetProperty("previousHash").GetString());
        Assert.Equal(1, entries[0].GetProperty("rollout").GetInt64());
    }

    private static LedgerChain Chain(int count, string by = "ada") => Enumerable.Range(1, count).Aggregate(
        LedgerChain.Empty,
        (chain, number) => chain.With(chain.Seal(
            new LedgerDraft("deploy", "started") { Rollout = number % 2 == 1 ? LedgerDraft.OwnOrdinal : null }, by, At.AddSeconds(number))));

    private static List<string> Lines(int count, string by = "ada") => [.. Chain(count, by).Entries.Select(LedgerJson.Write)];

    private static List<string> Damaged(string damage)
    {
        var lines = Lines(5);
        switch (damage)
        {
            case "removed in the middle":
                lines.RemoveAt(2);
                break;
            case "removed at the start":
                lines.RemoveAt(0);
                break;
            case "edited":
                lines[2] = lines[2].Replace("ada", "eve", StringComparison.Ordinal);
                break;
            case "garbage":
                lines[2] = lines[2][..20];
                break;
            case "swapped":
                (lines[1], lines[2]) = (lines[2], lines[1]);
                break;
            case "twice":
                lines.Insert(2, lines[1]);
                break;
            case "grafted":
                lines[2] = Lines(5, by: "eve")[2];
                break;
        }

        return lines;
    }
}
