using WasmWizard.Delivery.Ports;

namespace WasmWizard.Delivery.Rollouts;

/// <summary>Everything outside that a rollout touches, all of one environment.</summary>
public sealed record RolloutPorts(IRolloutTarget Target, ILedgerStore Ledger, ILockStore Locks, IReleaseStore Releases, TimeProvider Time);
