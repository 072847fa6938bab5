using System.Diagnostics;
using Wasmtime;
using WasmWizard.Service.Executions;

namespace WasmWizard.Service.Wasi;

/// <summary>Why the host ended a guest. The first reason stands.</summary>
internal enum StopReason
{
    None,
    Exit,
    Deadline,
    Output,
    Abandoned,
}

/// <summary>
/// The state behind the imports of one guest: descriptors, streams, deadline, its turn on a processor. Used by the one thread
/// that runs the guest.
/// </summary>
internal sealed class GuestProcess : IDisposable
{
    private readonly ReadOnlyMemory<byte> _input;
    private readonly ProcessorTurn _turn;
    private readonly Abandonment _abandoned;
    private readonly Descriptor[] _descriptors = [Descriptor.Input, Descriptor.Output, Descriptor.ErrorOutput];
    private readonly long _started = Stopwatch.GetTimestamp();
    private readonly ExecutionLimits _limits;
    private int _inputRead;

    /// <param name="abandoned">Ends the guest early, because nobody waits for it any more.</param>
    public GuestProcess(ReadOnlyMemory<byte> input, ExecutionLimits limits, ProcessorTurn turn, Abandonment abandoned)
    {
        _input = input;
        _limits = limits;
        _turn = turn;
        _abandoned = abandoned;
        Output = new OutputCapture("stdout", limits.OutputBytes);
        ErrorOutput = new OutputCapture("stderr", limits.OutputBytes);
    }

    public OutputCapture Output { get; }

    public OutputCapture ErrorOutput { get; }

    /// <summary>The memory exported as "memory", once a call has asked for it.</summary>
    public Memory? Memory { get; private set; }

    public StopReason StopReason { get; private set; }

    public int ExitCode { get; private set; }

    /// <summary>Which stream overflowed when <see cref="StopReason"/> is Output.</summary>
    public OutputCapture? Overflowed { get; private set; }

    public TimeSpan Elapsed => Stopwatch.GetElapsedTime(_started);

    /// <summary>Gives the memory of the streams back.</summary>
    public void Dispose()
    {
        Output.Dispose();
        ErrorOutput.Dispose();
    }

    /// <summary>The memory exported as "memory"; empty when there is none, so that every pointer is out of range.</summary>
    public GuestMemory MemoryOf(Caller caller)
    {
        Memory ??= caller.GetMemory("memory");
        return Memory is null ? default : new GuestMemory(Memory.GetSpan(0, checked((int)Memory.GetLength())));
    }

    /// <summary>Called on every epoch tick: ends the guest when it has to, and lets others compute when it has done so for long.</summary>
    public void OnTick()
    {
        ContinueOrStop();
        _turn.Tick(_limits.WallTime - Elapsed, _abandoned);
        ContinueOrStop();
    }

    /// <summary>Ends the guest when its time is over or nobody waits any more; called on every epoch tick and around every wait.</summary>
    public void ContinueOrStop()
    {
        if (_abandoned.IsRequested)
            throw Stop(StopReason.Abandoned);
        if (Elapsed >= _limits.WallTime)
            throw Stop(StopReason.Deadline);
    }

    /// <summary>Waits for <paramref name="time"/>, but never past the deadline, and not when nobody waits for the answer.</summary>
    public void Sleep(TimeSpan time)
    {
        _turn.Pause();
        using var abandoned = _abandoned.Join();
        var until = time < _limits.WallTime - Elapsed ? Elapsed + time : _limits.WallTime;
        // An event's wait counts whole milliseconds and may end a little early; a sleep may not.
        for (var left = until - Elapsed; left > TimeSpan.Zero; left = until - Elapsed)
        {
            if (abandoned.Token.WaitHandle.WaitOne((int)Math.Ceiling(left.TotalMilliseconds)))
                break;
        }

        _turn.Resume();
        ContinueOrStop();
    }

    public GuestStopException Exit(int code)
    {
        ExitCode = code;
        return Stop(StopReason.Exit);
    }

    public Descriptor DescriptorOf(int fd) =>
        (uint)fd < (uint)_descriptors.Length ? _descriptors[fd] : Descriptor.Closed;

    public void Close(int fd) => _descriptors[fd] = Descriptor.Closed;

    public void Renumber(int from, int to)
    {
        _descriptors[to] = _descriptors[from];
        if (from != to)
            _descriptors[from] = Descriptor.Closed;
    }

    /// <summary>Copies the next bytes of stdin; 0 at its end.</summary>
    public int Read(Span<byte> target)
    {
        var count = Math.Min(target.Length, _input.Length - _inputRead);
        _input.Span.Slice(_inputRead, count).CopyTo(target);
        _inputRead += count;
        return count;
    }

    public int InputLeft => _input.Length - _inputRead;

    public void Write(Descriptor descriptor, ReadOnlySpan<byte> bytes)
    {
        var stream = descriptor == Descriptor.Output ? Output : ErrorOutput;
        if (stream.TryWrite(bytes))
            return;
        Overflowed = stream;
        throw Stop(StopReason.Output);
    }

    private GuestStopException Stop(StopReason reason)
    {
        if (StopReason == StopReason.None)
            StopReason = reason;
        return new GuestStopException();
    }
}
