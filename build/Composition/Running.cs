using System.Diagnostics;
using System.Globalization;
using System.Text;

/// <summary>A process that was started here, with what it said; it ends with its owner.</summary>
public sealed class Running : IDisposable
{
    private readonly Process _process;
    private readonly StringBuilder _said = new();

    private Running(Process process, bool converses)
    {
        _process = process;
        process.ErrorDataReceived += Heard;
        process.BeginErrorReadLine();
        if (converses)
            return;
        process.OutputDataReceived += Heard;
        process.BeginOutputReadLine();
    }

    public bool HasEnded => _process.HasExited;

    public string Said
    {
        get
        {
            lock (_said)
                return _said.ToString();
        }
    }

    /// <param name="program">Full path.</param>
    /// <param name="arguments">Never a secret.</param>
    /// <param name="variables">All that the process gets beside PATH; null for those of this process.</param>
    public static Running Start(string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? variables = null)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        if (variables is not null)
        {
            start.Environment.Clear();
            start.Environment["PATH"] = EnvironmentInfo.GetVariable("PATH");
            foreach (var (name, value) in variables)
                start.Environment[name] = value;
        }

        return new(Process.Start(start)!, converses: false);
    }

    /// <summary>A process that is spoken with line by line; what it said is only what it said on standard error.</summary>
    public static Running Converse(string program, IEnumerable<string> arguments) =>
        new(Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true })!, converses: true);

    /// <summary>Its next line on standard output; null when there is none any more.</summary>
    public async Task<string?> Hear(CancellationToken cancellation) => await _process.StandardOutput.ReadLineAsync(cancellation);

    /// <summary>A line for its standard input; a process that has ended or listens no more does not hear it, and its end says why.</summary>
    public async Task Tell(string line, CancellationToken cancellation)
    {
        try
        {
            await _process.StandardInput.WriteLineAsync(line.AsMemory(), cancellation);
            await _process.StandardInput.FlushAsync(cancellation);
        }
        catch (IOException)
        {
        }
    }

    /// <summary>The exit code; the process is killed when it does not end in time.</summary>
    public async Task<int> End(TimeSpan patience, CancellationToken cancellation)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        deadline.CancelAfter(patience);
        try
        {
            await _process.WaitForExitAsync(deadline.Token);
            return _process.ExitCode;
        }
        catch (OperationCanceledException)
        {
            _process.Kill(entireProcessTree: true);
            cancellation.ThrowIfCancellationRequested();
            throw new TimeoutException($"{_process.StartInfo.FileName} did not end within {patience.TotalSeconds:0} s.");
        }
    }

    /// <summary>Asks it to end, as an init system does.</summary>
    public void Terminate()
    {
        using var kill = Process.Start("kill", ["-TERM", _process.Id.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        _process.WaitForExit();
        _process.Dispose();
    }

    private void Heard(object sender, DataReceivedEventArgs line)
    {
        if (line.Data is null)
            return;
        lock (_said)
            _said.Append(line.Data).Append('\n');
    }
}
