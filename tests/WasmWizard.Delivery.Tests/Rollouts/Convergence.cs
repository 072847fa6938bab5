using WasmWizard.Delivery.Releases;
using WasmWizard.Delivery.Rollouts;
using WasmWizard.Delivery.Testing;

namespace WasmWizard.Delivery.Tests.Rollouts;

/// <summary>What must hold after a quiet deploy, whatever happened before: exactly one release, at no moment none, no lock, no migration twice, a valid ledger.</summary>
internal static class Convergence
{
    /// <summary>Deploys, and asks for a whole environment.</summary>
    /// <param name="environment">Whatever is left of it.</param>
    /// <param name="wanted">A release that works, with every migration that any release before had.</param>
    /// <param name="mayServe">Whether it may serve already, so that nothing is left to do.</param>
    public static async Task AssertAfterDeployOf(SimulatedEnvironment environment, Release wanted, bool mayServe = false)
    {
        var outcome = await environment.Deploy(wanted);
        Assert.True(outcome is RolloutOutcome.Healthy || (mayServe && outcome is RolloutOutcome.Unchanged), OutcomeText.Of(outcome, "research").ToString());
        Assert.Equal(wanted, environment.World.Serving);
        Assert.Equal(wanted.Id, Assert.Single(environment.World.Instances).Key);
        Assert.Equal(wanted.Id, environment.World.Tag);
        Assert.Equal(wanted.Migrations, environment.World.Schema);
        Assert.Empty(environment.World.Violations);
        Assert.Null(environment.Locks.Current);
        Assert.Equal(wanted.Id, environment.History.Serving);
        Assert.Empty(environment.History.Open);
        Assert.IsType<RolloutOutcome.Unchanged>(await environment.Deploy(wanted));
    }
}
