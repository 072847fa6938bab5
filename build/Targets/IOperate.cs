using WasmWizard.Delivery.Environments;

/// <summary>What people ask of a running environment, and tell it; one after the other, so that an answer is about one moment.</summary>
public interface IOperate : IImage, ICluster, IEngineHost
{
    [Parameter("Kind of infrastructure: kubernetes, compose or local; default: the first that the strategy lists")]
    TargetKind? On => TryGetValue<TargetKind?>(() => On);

    [Parameter("Folder for the state of local environments; default: $XDG_STATE_HOME/wasm-wizard")]
    string? State => TryGetValue(() => State);

    [Parameter("Address that a local environment serves, on loopback (default: the recorded one, at first http://127.0.0.1:8095), or that an engine's host publishes (default: port 443)")]
    string? Address => TryGetValue(() => Address);

    [Parameter("Seconds for which a holder of the lock is respected that cannot be proven dead; default 60")]
    int? Lease => TryGetValue<int?>(() => Lease);

    [Parameter("Release to roll back to; default: the last healthy one before the serving one")]
    string? To => TryGetValue(() => To);

    [Parameter("Hash of a plan that Preview showed: Deploy refuses when the plan is another one by now")]
    string? Agreed => TryGetValue(() => Agreed);

    [Parameter("Status fails, with exit code 3, when what runs differs from the record")]
    bool Strict => TryGetValue<bool?>(() => Strict) ?? false;

    [Parameter("Lines of the past that Logs shows; default 100")]
    int? Lines => TryGetValue<int?>(() => Lines);

    [Parameter("Logs goes on with what is written from now on")]
    bool Follow => TryGetValue<bool?>(() => Follow) ?? false;

    [Parameter("Holder whose lock Unlock breaks, as it is shown; without it the lock is only shown")]
    string? Holder => TryGetValue(() => Holder);

    Target Rollback => _ => _
        .Description("Bring the whole release before (or --to one) back: bytes and configuration")
        .Lock("environment")
        .Executes(async () => await Operations.Rollback(this));

    Target Promote => _ => _
        .Description("Deploy the release that staging has proven to production: the same digest, never a rebuild")
        .Lock("environment")
        .Executes(async () => await Operations.Promote(this));

    Target Status => _ => _
        .Description("What serves, since when, by whom, and what differs from the record (--strict)")
        .Lock("environment")
        .Executes(async () => await Operations.Status(this));

    Target History => _ => _
        .Description("The ledger: every rollout and its outcome")
        .Lock("environment")
        .Executes(async () => await Operations.History(this));

    Target Logs => _ => _
        .Description("The log of what serves (--lines, --follow)")
        .Lock("environment")
        .Executes(async () => await Operations.Logs(this));

    Target Stop => _ => _
        .Description("End a local environment; data, releases and history stay")
        .Lock("environment")
        .Executes(async () => await Operations.Stop(this));

    Target Unlock => _ => _
        .Description("Show who holds the lock; with --holder NAME break that lock")
        .Lock("environment")
        .Executes(async () => await Operations.Unlock(this));
}
