namespace WasmWizard.Delivery.Kubernetes.Simulator.Faults;

/// <summary>What the API does to a write instead of answering it as it should.</summary>
public enum ApiFault
{
    None,

    /// <summary>It is done, and the connection breaks before the answer.</summary>
    LostReply,

    /// <summary>The connection breaks before anything is done.</summary>
    Refused,

    /// <summary>409: somebody else was faster.</summary>
    Conflict,

    /// <summary>429 with Retry-After.</summary>
    TooManyRequests,

    /// <summary>500.</summary>
    ServerError,
}

/// <summary>Which write meets which fault: by a seed, or by its number.</summary>
public sealed class ApiFaults
{
    private readonly Random _random;
    private readonly Dictionary<int, ApiFault> _planned = [];
    private readonly List<(ApiFault Fault, double Share)> _shares = [];

    public ApiFaults(int seed) => _random = new Random(seed);

    /// <summary>Writes so far, dry runs and questions not among them.</summary>
    public int Writes { get; private set; }

    /// <summary>Faults that writes met so far.</summary>
    public int Met { get; private set; }

    /// <summary>This share of all writes.</summary>
    public ApiFaults Share(ApiFault fault, double share)
    {
        _shares.Add((fault, share));
        return this;
    }

    /// <summary>The write with this number, counted from 1.</summary>
    public ApiFaults At(int write, ApiFault fault)
    {
        _planned[write] = fault;
        return this;
    }

    internal ApiFault Next()
    {
        Writes++;
        var drawn = _planned.GetValueOrDefault(Writes);
        foreach (var (fault, share) in _shares)
        {
            if (drawn == ApiFault.None && _random.NextDouble() < share)
                drawn = fault;
        }

        Met += drawn == ApiFault.None ? 0 : 1;
        return drawn;
    }
}
