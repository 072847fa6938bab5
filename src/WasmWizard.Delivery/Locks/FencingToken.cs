namespace WasmWizard.Delivery.Locks;

/// <summary>
/// A number that grows with every holder of a lock. Whatever the lock guards remembers the greatest token it has seen and refuses
/// smaller ones, so that a holder who lost the lock without noticing cannot act.
/// </summary>
public readonly record struct FencingToken(long Value) : IComparable<FencingToken>
{
    public int CompareTo(FencingToken other) => Value.CompareTo(other.Value);

    public static bool operator <(FencingToken left, FencingToken right) => left.Value < right.Value;

    public static bool operator >(FencingToken left, FencingToken right) => left.Value > right.Value;

    public static bool operator <=(FencingToken left, FencingToken right) => left.Value <= right.Value;

    public static bool operator >=(FencingToken left, FencingToken right) => left.Value >= right.Value;

    public override string ToString() => Value.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
