namespace WasmWizard.Delivery.GitHub.Workflows;

/// <summary>The kind of machine a job asks for.</summary>
public sealed record Runner
{
    private Runner(params IReadOnlyList<string> labels) => Labels = labels;

    public static Runner Ubuntu { get; } = new("ubuntu-latest");

    public static Runner Windows { get; } = new("windows-latest");

    /// <summary>One label for a machine of the platform, several for one of our own.</summary>
    public IReadOnlyList<string> Labels { get; }

    /// <summary>A machine of our own that outlives the job and bears this label.</summary>
    public static Runner Own(string label) => new("self-hosted", label);
}
