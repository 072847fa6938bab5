namespace WasmWizard.Delivery.Kubernetes.Simulator.Nodes;

/// <summary>How a container of an image behaves.</summary>
public sealed record SimulatedImage
{
    /// <summary>The nodes cannot pull it.</summary>
    public bool IsMissing { get; init; }

    /// <summary>It ends this long after its start, with exit code 139; null: it stays.</summary>
    public TimeSpan? CrashesAfter { get; init; }

    /// <summary>Until it answers its liveness.</summary>
    public TimeSpan StartsWithin { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Until it says that it is ready, after that; null: never.</summary>
    public TimeSpan? ReadyWithin { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Share of requests that it answers with 500.</summary>
    public double ErrorShare { get; init; }

    /// <summary>Share of requests that take longer than 200 ms.</summary>
    public double SlowShare { get; init; }

    /// <summary>A module that is executed gives something else than it should.</summary>
    public bool ExecutesWrongly { get; init; }

    /// <summary>Its command migrate ends with exit code 1.</summary>
    public bool FailsToMigrate { get; init; }

    /// <summary>What it writes when it starts.</summary>
    public IReadOnlyList<string> Says { get; init; } = ["listening on http://*:8080"];
}
