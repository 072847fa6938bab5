namespace WasmWizard.Delivery.Kubernetes.Simulator.Nodes;

/// <summary>What a node knows of a pod beyond its status: since when, how often, what it wrote, what it answered.</summary>
internal sealed class PodRun
{
    public DateTimeOffset? Scheduled { get; set; }

    public DateTimeOffset? Pulled { get; set; }

    public DateTimeOffset? Started { get; set; }

    /// <summary>When the container may be started again after a crash.</summary>
    public DateTimeOffset? Again { get; set; }

    public DateTimeOffset? LastProbe { get; set; }

    public int PullAttempts { get; set; }

    public int Restarts { get; set; }

    public List<string> Log { get; } = [];

    public List<string> PreviousLog { get; } = [];

    public double Requests { get; set; }

    public double Errors { get; set; }

    public double Slow { get; set; }
}
