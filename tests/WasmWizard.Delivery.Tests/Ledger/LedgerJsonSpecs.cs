using WasmWizard.Delivery.Ledger;
using WasmWizard.Delivery.Releases;
using WasmWizard.Delivery.Testing;

namespace WasmWizard.Delivery.Tests.Ledger;

public class LedgerJsonSpecs
{
    private static readonly DateTimeOffset At = new(2026, 1, 2, 3, 4, 5, 678, TimeSpan.Zero);

    [Fact]
    public void An_entry_is_one_line_with_its_fields_in_a_fixed_order()
    {
        var entry = LedgerChain.Empty.Seal(
            new LedgerDraft("deploy", "intent") { Release = ReleaseId.Parse("3f2a91c0d4e5"), Rollout = 1, Step = "start", Detail = "say \"é\"" },
            "ada@host 42", At);

        Assert.Equal(
            $$"""{"ordinal":1,"at":"2026-01-02T03:04:05.678Z","by":"ada@host 42","action":"deploy","release":"3f2a91c0d4e5","rollout":1,"step":"start","outcome":"intent","detail":"say \u0022\u00E9\u0022","previousHash":"{{new string('0', 64)}}","hash":"{{entry.Hash}}"}""",
            LedgerJson.Write(entry));
    }

    [Fact]
    public void The_hash_of_a_known_entry_never_changes()
    {
        // Taken with sha256sum over the line without its hash field.
        var entry = LedgerChain.Empty.Seal(new LedgerDraft("deploy", "started") { Rollout = LedgerDraft.OwnOrdinal }, "ada", At);

        Assert.Equal(1, entry.Rollout);
        Assert.Equal("b2daf109ab205a2d802b01102c0de3137892ea7211ac0b58417f5562a0971095", entry.Hash);
    }

    [Fact]
    public void An_entry_read_back_equals_itself()
    {
        foreach (var draft in new[]
        {
            new LedgerDraft("deploy", "started") { Release = TestReleases.Number(1).Id, Rollout = LedgerDraft.OwnOrdinal },
            new LedgerDraft("repair", "done") { Detail = "line\nbreak\ttab \u0001 \ud83d\ude80" },
            new LedgerDraft("stop", "observed") { Rollout = 3, Step = "drain" },
        })
        {
            var entry = LedgerChain.Empty.Seal(draft, "ada", At.AddTicks(1234).ToOffset(TimeSpan.FromHours(2)));

            Assert.True(LedgerJson.TryRead(LedgerJson.Write(entry), out var read, out var reason), reason);
            Assert.Equal(entry, read);
            Assert.DoesNotContain('\n', LedgerJson.Write(entry));
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("nonsense")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"ordinal":"1"}""")]
    [InlineData("""{"ordinal":1,"ordinal":1}""")]
    [InlineData("""{"ordinal":1,"at":"yesterday","by":"a","action":"b","outcome":"c","previousHash":"","hash":""}""")]
    public void What_is_no_entry_is_said_to_be_none(string line)
    {
        Assert.False(LedgerJson.TryRead(line, out _, out var reason));
        Assert.Equal("the entry is not readable as JSON of a ledger entry", reason);
    }

    [Fact]
    public void A_change_of_any_single_character_is_noticed()
    {
        var line = LedgerJson.Write(LedgerChain.Empty.Seal(new LedgerDraft("deploy", "healthy") { Release = TestReleases.Number(1).Id }, "ada", At));
        for (var i = 0; i < line.Length; i++)
        {
            var changed = line[..i] + (line[i] == '1' ? '2' : '1') + line[(i + 1)..];
            Assert.False(LedgerJson.TryRead(changed, out _, out _), changed);
        }

        Assert.False(LedgerJson.TryRead(line.Replace(",\"by\"", ", \"by\"", StringComparison.Ordinal), out _, out var reason));
        Assert.Contains("bytes hash to", reason, StringComparison.Ordinal);
        Assert.False(LedgerJson.TryRead(line + " ", out _, out reason));
        Assert.Equal("the entry does not end with its hash", reason);
    }
}
