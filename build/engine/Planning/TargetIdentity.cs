using System.Runtime.CompilerServices;

namespace WasmWizard.BuildEngine;

/// <summary>
/// Equality of target members for tables. The runtime gives all delegates of one type and object the same hash code, so that a table of 10,000
/// targets would compare each with every other. The address of their code tells them apart; where it cannot be asked for, tables are slow and right.
/// </summary>
internal sealed class TargetIdentity : IEqualityComparer<Target>
{
    private bool _isKnown = true;

    public bool Equals(Target? left, Target? right) => left == right;

    public int GetHashCode(Target target)
    {
        try
        {
            return _isKnown ? CodeOf(target).GetHashCode() : 0;
        }
        catch (MissingFieldException)
        {
            _isKnown = false;
            return 0;
        }
    }

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_methodPtr")]
    private static extern ref nint CodeOf(Delegate target);
}
