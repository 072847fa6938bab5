namespace WasmWizard.Delivery.Kubernetes.Rollouts;

/// <summary>Remembers since when the cluster says what it says; a signal that goes away begins anew when it comes back.</summary>
public sealed class SignalWatch(TimeProvider time)
{
    private Dictionary<(string, string?), long> _since = [];

    /// <summary>The first signal that has lasted longer than it may; null while there is hope.</summary>
    /// <param name="least">No signal counts sooner.</param>
    public Signal? Ripe(IReadOnlyList<Signal> signals, TimeSpan least)
    {
        var now = time.GetTimestamp();
        _since = signals.Select(signal => (signal.Reason, signal.Pod)).Distinct().ToDictionary(key => key, key => _since.GetValueOrDefault(key, now));
        return signals.FirstOrDefault(signal => time.GetElapsedTime(_since[(signal.Reason, signal.Pod)], now) is var lasted && lasted >= signal.Patience && lasted >= least);
    }
}
