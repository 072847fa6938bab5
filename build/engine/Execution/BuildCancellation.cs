using System.Runtime.InteropServices;

namespace WasmWizard.BuildEngine;

/// <summary>
/// The two steps of stopping: the first request cancels what runs and lets assured targets run, the second ends everything.
/// </summary>
internal sealed class BuildCancellation : IDisposable
{
    /// <summary>The shell's code for a program that Ctrl+C ended.</summary>
    public const int ExitCode = 130;

    private readonly CancellationTokenSource _first;
    private readonly CancellationTokenSource _hard;
    private readonly List<PosixSignalRegistration> _signals = [];
    private volatile bool _isCleaningUp;

    public BuildCancellation(BuildInvocation invocation)
    {
        _first = CancellationTokenSource.CreateLinkedTokenSource(invocation.Cancellation, invocation.HardStop);
        _hard = CancellationTokenSource.CreateLinkedTokenSource(invocation.HardStop);
    }

    /// <summary>Begins when targets are about to run: help and plan may simply be killed.</summary>
    public void ListenToSignals()
    {
        foreach (var signal in new[] { PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP })
            _signals.Add(PosixSignalRegistration.Create(signal, Receive));
    }

    public CancellationToken Token => _first.Token;

    public bool IsRequested => _first.IsCancellationRequested;

    /// <summary>What a new child listens to: assured targets may still start some after the first request.</summary>
    public CancellationToken ChildToken => _isCleaningUp ? _hard.Token : _first.Token;

    /// <summary>From here on children end with the second request only.</summary>
    public void BeginCleanup() => _isCleaningUp = true;

    public void Dispose()
    {
        foreach (var signal in _signals)
            signal.Dispose();
        _first.Dispose();
        _hard.Dispose();
    }

    private void Receive(PosixSignalContext context)
    {
        context.Cancel = true;
        if (!_first.IsCancellationRequested)
        {
            _first.Cancel();
            return;
        }

        _hard.Cancel();
        System.Environment.Exit(ExitCode);
    }
}
