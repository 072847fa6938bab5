using WasmWizard.Delivery.Locks;

namespace WasmWizard.Delivery.Tests.Locks;

public class LockRuleSpecs
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 2, 12, 0, 0, TimeSpan.Zero);
    private static readonly DeploymentLock Held = new("ada", Noon, TimeSpan.FromSeconds(60), Noon, new FencingToken(7), "deploy");

    [Theory]
    [InlineData(HolderLife.Alive, 0, LockDecision.Respect)]
    [InlineData(HolderLife.Alive, 59, LockDecision.Respect)]
    [InlineData(HolderLife.Alive, 60, LockDecision.Supersede)]
    [InlineData(HolderLife.Unknown, 0, LockDecision.Respect)]
    [InlineData(HolderLife.Unknown, 59, LockDecision.Respect)]
    [InlineData(HolderLife.Unknown, 60, LockDecision.Supersede)]
    [InlineData(HolderLife.ProvablyDead, 0, LockDecision.Supersede)]
    [InlineData(HolderLife.ProvablyDead, 60, LockDecision.Supersede)]
    public void A_held_lock_ends_with_a_proof_of_death_or_with_its_lease(HolderLife life, int secondsLater, LockDecision expected) =>
        Assert.Equal(expected, LockRule.Decide(Held, life, Noon.AddSeconds(secondsLater)));

    [Theory]
    [InlineData(HolderLife.Alive)]
    [InlineData(HolderLife.Unknown)]
    [InlineData(HolderLife.ProvablyDead)]
    public void A_free_lock_is_taken(HolderLife life) => Assert.Equal(LockDecision.Take, LockRule.Decide(null, life, Noon));

    [Fact]
    public void A_clock_that_went_back_does_not_end_a_lease() =>
        Assert.Equal(LockDecision.Respect, LockRule.Decide(Held, HolderLife.Unknown, Noon.AddDays(-1)));

    [Fact]
    public void Tokens_grow()
    {
        Assert.Equal(new FencingToken(1), LockRule.Next(default));
        Assert.True(LockRule.Next(Held.Token) > Held.Token);
        Assert.True(Held.Token < LockRule.Next(Held.Token));
        Assert.True(Held.Token <= new FencingToken(7) && Held.Token >= new FencingToken(7));
        Assert.Equal(0, Held.Token.CompareTo(new FencingToken(7)));
        Assert.Equal("7", Held.Token.ToString());
        Assert.Throws<OverflowException>(() => LockRule.Next(new FencingToken(long.MaxValue)));
    }
}
