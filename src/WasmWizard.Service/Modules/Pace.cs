namespace WasmWizard.Service.Modules;

/// <summary>Whether a module's guests end at once, judged by the last ones. A guess: what makes it wrong ends the trust.</summary>
internal sealed class Pace
{
    /// <summary>As long as two switches between threads at their worst; a guest of a small module takes a twentieth.</summary>
    public static readonly TimeSpan Quick = TimeSpan.FromMilliseconds(1);

    /// <summary>More than a guest is held up that only lost its processor for a moment.</summary>
    public static readonly TimeSpan Slow = TimeSpan.FromMilliseconds(5);

    /// <summary>So many quick ones since the last slow one.</summary>
    private const int Trusted = 16;

    private int _quick;

    public bool IsQuick => Volatile.Read(ref _quick) >= Trusted;

    public void Note(TimeSpan ran)
    {
        if (ran >= Slow)
            Volatile.Write(ref _quick, 0);
        else if (ran < Quick && !IsQuick)
            Interlocked.Increment(ref _quick);
    }
}
