using WasmWizard.Delivery.Local.Protocol.Processes;

namespace WasmWizard.Delivery.Local.Protocol.Messages;

/// <summary>What a running front says about itself in <c>front/front.json</c>, which only its owner may read.</summary>
public sealed record FrontDocument
{
    /// <summary>The number of the control protocol that this code speaks; grows when a message changes its meaning.</summary>
    public const int CurrentProtocol = 1;

    /// <summary>Exit code of a front that ended because another one holds the state folder.</summary>
    public const int PlaceIsTaken = 3;

    public required int Protocol { get; init; }

    public required ProcessIdentity Process { get; init; }

    /// <summary>Where the pid means something, see <see cref="MachineIdentity"/>.</summary>
    public required string Machine { get; init; }

    /// <summary>Where requests are served.</summary>
    public required Uri Address { get; init; }

    /// <summary>Where the pipeline gives orders; loopback only.</summary>
    public required Uri Control { get; init; }

    /// <summary>Bearer token of the control address; random for each start, a secret.</summary>
    public required string Key { get; init; }

    /// <summary>Digest of the front's binaries, as its folder is named.</summary>
    public required string Version { get; init; }

    /// <summary>The process that wrote this still runs on this machine.</summary>
    public bool Lives => Machine == MachineIdentity.Current && Process.Lives;

    public override string ToString() => $"front {Process.Pid} at {Address}";
}
