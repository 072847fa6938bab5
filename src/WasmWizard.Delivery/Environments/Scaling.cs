namespace WasmWizard.Delivery.Environments;

/// <summary>How many instances serve at once, at least and at most; equal bounds mean no autoscaling.</summary>
/// <param name="Least">Instances that always serve, 1 or more.</param>
/// <param name="Most">Upper bound of autoscaling, <paramref name="Least"/> or more.</param>
public sealed record Scaling(int Least, int Most)
{
    public bool IsAutomatic => Most > Least;
}
