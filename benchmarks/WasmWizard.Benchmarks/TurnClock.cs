using Perfolizer.Horology;

namespace WasmWizard.Benchmarks;

/// <summary>
/// Measures only when it is this program's turn: each stretch that is measured begins with saying <c>turn</c>, which gives up the turn before, and waiting for a line. Two programs that
/// are let in by turns so measure within milliseconds of each other, and what the machine does meanwhile befalls both.
/// </summary>
/// <param name="clock">What the time is taken from. It should not count waiting.</param>
/// <param name="asking">Where turns are asked for.</param>
/// <param name="answers">One line for each turn.</param>
internal sealed class TurnClock(IClock clock, TextWriter asking, TextReader answers) : IClock
{
    public const string Turn = "turn";

    private bool _measures;

    public string Title => $"{clock.Title}, in turns";

    public bool IsAvailable => clock.IsAvailable;

    public Frequency Frequency => clock.Frequency;

    /// <summary>Called in pairs: where a stretch begins and where it ends.</summary>
    public long GetTimestamp()
    {
        _measures = !_measures;
        if (_measures)
            Wait();
        return clock.GetTimestamp();
    }

    private void Wait()
    {
        asking.WriteLine(Turn);
        asking.Flush();
        if (answers.ReadLine() is null)
            throw new EndOfStreamException("nobody gives turns any more");
    }
}
