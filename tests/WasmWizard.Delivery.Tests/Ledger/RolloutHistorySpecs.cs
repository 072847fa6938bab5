using WasmWizard.Delivery.Ledger;
using WasmWizard.Delivery.Releases;
using WasmWizard.Delivery.Testing;

namespace WasmWizard.Delivery.Tests.Ledger;

/// <summary>Histories are written as words: <c>+A</c> deploy of A healthy, <c>&lt;A</c> rollback to A healthy, <c>!A</c> deploy of A undone, <c>?A</c> deploy of A left open, <c>.</c> stop.</summary>
public class RolloutHistorySpecs
{
    [Theory]
    [InlineData("", null, "")]
    [InlineData("+A", "A", "A")]
    [InlineData("+A +B +C", "C", "A B C")]
    [InlineData("+A +B +C <B", "B", "A B")]
    [InlineData("+A +B +C <B <A", "A", "A")]
    [InlineData("+A +B <A +C", "C", "A C")]
    [InlineData("+A +B <A <B", "B", "A B")]
    [InlineData("+A +B +A", "A", "B A")]
    [InlineData("+A !B", "A", "A")]
    [InlineData("+A +B !C", "B", "A B")]
    [InlineData("!A", null, "")]
    [InlineData("+A .", null, "A")]
    [InlineData("+A . +B", "B", "A B")]
    [InlineData("+A ?B", "A", "A")]
    public void The_ledger_says_what_serves_and_what_may_be_gone_back_to(string words, string? serving, string line)
    {
        var history = History(words);

        Assert.Equal(serving, Letter(history.Serving));
        Assert.Equal(line, string.Join(' ', history.Line.Select(id => Letter(id))));
    }

    [Theory]
    [InlineData("+A +B +C", "C", "B A")]
    [InlineData("+A +B +C", "B", "A")]
    [InlineData("+A +B +C", "A", "")]
    [InlineData("+A +B +C", null, "C B A")]
    [InlineData("+A +B", "D", "B A")]
    public void Going_back_starts_below_what_serves(string words, string? serving, string expected)
    {
        var backward = History(words).BackwardFrom(serving is null ? null : Release(serving[0]));

        Assert.Equal(expected, string.Join(' ', backward.Select(id => Letter(id))));
    }

    [Fact]
    public void A_rollout_without_an_outcome_is_open_until_the_next_run_closes_it()
    {
        var history = History("+A ?B");

        var open = Assert.Single(history.Open);
        Assert.Equal((Release('B'), "deploy", "ada"), (open.Release!.Value, open.Action, open.By));
        Assert.Equal(LedgerOutcomes.Healthy, history.LastClosed!.Outcome);
        Assert.True(history.WasHealthy(Release('A')));
        Assert.False(history.WasHealthy(Release('B')));
        Assert.Equal("ada", history.ServingBy!.By);
    }

    [Fact]
    public void The_outcome_of_an_undo_does_not_close_the_rollout_it_belongs_to()
    {
        var chain = Append(Chain("+A"), "rollback", "started", 'B', LedgerDraft.OwnOrdinal);
        chain = Append(chain, "undo", "healthy", 'A', chain.Entries.Count);

        Assert.Single(RolloutHistory.Of(chain).Open);
    }

    private static RolloutHistory History(string words) => RolloutHistory.Of(Chain(words));

    private static LedgerChain Chain(string words) =>
        words.Split(' ', StringSplitOptions.RemoveEmptyEntries).Aggregate(LedgerChain.Empty, (chain, word) => Add(chain, word[0], word[^1]));

    private static LedgerChain Add(LedgerChain chain, char verb, char release)
    {
        char? about = verb == '.' ? null : release;
        var action = verb switch { '<' => "rollback", '.' => "stop", _ => "deploy" };
        var before = RolloutHistory.Of(chain).Serving;
        chain = Append(chain, action, "started", about, LedgerDraft.OwnOrdinal);
        var number = chain.Entries.Count;
        if (verb == '!')
        {
            chain = Append(chain, "undo", before is null ? "done" : "healthy", before is { } id ? Letter(id)![0] : null, number);
        }

        return verb switch
        {
            '?' => chain,
            '!' => Append(chain, action, "rolled-back", about, number),
            '.' => Append(chain, action, "done", about, number),
            _ => Append(chain, action, "healthy", about, number),
        };
    }

    private static LedgerChain Append(LedgerChain chain, string action, string outcome, char? release, long rollout) => chain.With(chain.Seal(
        new LedgerDraft(action, outcome) { Release = release is { } letter ? Release(letter) : null, Rollout = rollout }, "ada", DateTimeOffset.UnixEpoch));

    private static ReleaseId Release(char letter) => TestReleases.Number(letter).Id;

    private static string? Letter(ReleaseId? id) => "ABCDE".Where(letter => Release(letter) == id).Select(letter => letter.ToString()).FirstOrDefault();
}
