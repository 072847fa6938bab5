using System.Collections.Concurrent;
using CliWrap;

namespace WasmWizard.BuildEngine.Tooling;

/// <summary>A child over CliWrap. Cancellation and timeout end its whole tree.</summary>
internal sealed class RunningProcess : IProcess
{
    private readonly ConcurrentQueue<Output> _output = new();
    private readonly CancellationTokenSource _kill;
    private readonly CommandTask<CommandResult> _task;
    private readonly ProcessStart _start;
    private readonly BuildSession _session;
    private readonly long _begin;

    private RunningProcess(ProcessStart start, BuildSession session)
    {
        (_start, _session) = (start, session);
        _begin = session.Invocation.Time.GetTimestamp();
        _kill = CancellationTokenSource.CreateLinkedTokenSource(session.Cancellation.ChildToken);
        _task = Command().ExecuteAsync(_kill.Token);
    }

    public string FileName => _start.ToolPath;

    public string Arguments => _session.Output.Redactor.Redact(_start.ArgumentLine);

    public string WorkingDirectory => _start.WorkingDirectory;

    public IReadOnlyCollection<Output> Output => _output;

    public int ExitCode => _task.Task switch
    {
        { IsCompletedSuccessfully: true } task => task.Result.ExitCode,
        { IsCompleted: true } => -1,
        _ => throw new InvalidOperationException($"{Path.GetFileName(FileName)} still runs. Call WaitForExit first."),
    };

    public bool HasExited => _task.Task.IsCompleted;

    public int Id => _task.ProcessId;

    internal bool IsTimedOut { get; private set; }

    internal int? Timeout => _start.Timeout;

    internal bool IsCancelled => _session.Cancellation.IsRequested;

    public static RunningProcess Start(ProcessStart start)
    {
        var session = BuildSession.Current;
        session.Cancellation.ChildToken.ThrowIfCancellationRequested();
        session.Reads.Program(ToolPathResolver.TryFindOnPath(start.ToolPath) ?? start.ToolPath);
        if (start.LogInvocation ?? session.ToolDefaults.LogInvocation)
            session.Log.Info($"> {ArgumentStringHandler.Quote(start.ToolPath)} {start.ArgumentLine}".TrimEnd());
        if (session.ToolDefaults.LogWorkingDirectory)
            session.Log.Info($"@ {start.WorkingDirectory}");
        try
        {
            return new RunningProcess(start, session);
        }
        catch (Exception exception) when (exception is System.ComponentModel.Win32Exception or InvalidOperationException)
        {
            throw new ProcessException($"{start.ToolPath} cannot be started in {start.WorkingDirectory}: {exception.Message}");
        }
    }

    public void Kill() => _kill.Cancel();

    public bool WaitForExit()
    {
        if (_start.Timeout is { } timeout)
        {
            var rest = TimeSpan.FromMilliseconds(timeout) - _session.Invocation.Time.GetElapsedTime(_begin);
            IsTimedOut = !Ended(rest > TimeSpan.Zero ? rest : TimeSpan.Zero);
            if (IsTimedOut)
                Kill();
        }

        return Ended(System.Threading.Timeout.InfiniteTimeSpan) && _task.Task.IsCompletedSuccessfully;
    }

    public void Dispose()
    {
        if (!HasExited)
        {
            Kill();
            Ended(System.Threading.Timeout.InfiniteTimeSpan);
        }

        _kill.Dispose();
        _task.Dispose();
    }

    private bool Ended(TimeSpan atMost) => Task.WhenAny(_task.Task).Wait(atMost);

    private Command Command()
    {
        var isAssembly = _start.ToolPath.EndsWith(".dll", StringComparison.OrdinalIgnoreCase);
        var command = Cli.Wrap(isAssembly ? ToolPathResolver.DotNet : _start.ToolPath)
            .WithWorkingDirectory(_start.WorkingDirectory)
            .WithEnvironmentVariables(_start.EnvironmentVariables.ToDictionary(pair => pair.Key, pair => (string?)pair.Value))
            .WithValidation(CommandResultValidation.None)
            .WithStandardOutputPipe(PipeTarget.ToDelegate(line => Receive(OutputType.Std, line)))
            .WithStandardErrorPipe(PipeTarget.ToDelegate(line => Receive(OutputType.Err, line)));
        return command.WithArguments(isAssembly ? $"{ArgumentStringHandler.Quote(_start.ToolPath)} {_start.ArgumentLine}" : _start.ArgumentLine);
    }

    private void Receive(OutputType type, string line)
    {
        var text = _start.OutputFilter?.Invoke(line) ?? line;
        _output.Enqueue(new Output(type, text));
        if (_start.Logger is { } logger)
            logger(type, _session.Output.Redactor.Redact(text));
        else if (_start.LogOutput ?? _session.ToolDefaults.LogOutput)
            _session.Log.ToolLine(text);
    }
}
