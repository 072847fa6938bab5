using System.Diagnostics;
using System.Globalization;
using System.Text;

/// <summary>A process that was started here, with what it said; it ends with its owner.</summary>
public sealed class Running : IDisposable
{
    private readonly Process _process;
    private readonly StringBuilder _said = new();

    private Running(Process process)
    {
        _process = process;
        process.OutputDataReceived += Heard;
        process.ErrorDataReceived += Heard;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
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

        return new(Process.Start(start)!);
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
