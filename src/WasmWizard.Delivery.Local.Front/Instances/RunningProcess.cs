using System.Diagnostics;
using System.Globalization;
using WasmWizard.Delivery.Local.Protocol.Processes;

namespace WasmWizard.Delivery.Local.Front.Instances;

/// <summary>A process of an instance: a child of this front, or one that an earlier front left behind.</summary>
internal sealed class RunningProcess
{
    /// <summary>Only a parent is told of an end; for an adopted process one must look.</summary>
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(200);

    private RunningProcess(ProcessIdentity identity, Task<string> ended)
    {
        Identity = identity;
        Ended = ended;
    }

    public ProcessIdentity Identity { get; }

    /// <summary>How it ended, in a person's words.</summary>
    public Task<string> Ended { get; }

    public static RunningProcess Start(Launch launch)
    {
        var process = MarkedProcess.Start(launch);
        var identity = ProcessIdentity.Of(process.Id) ?? new ProcessIdentity(process.Id, "ended");
        return new RunningProcess(identity, EndOf(process));
    }

    public static RunningProcess Adopt(ProcessIdentity identity) => new(identity, EndOf(identity));

    private static async Task<string> EndOf(Process process)
    {
        using (process)
        {
            await process.WaitForExitAsync();
            var code = process.ExitCode.ToString(CultureInfo.InvariantCulture);
            return process.ExitCode switch
            {
                MarkedProcess.Withdrawn => "was not started: it was withdrawn, or its pid could not be written to the state folder",
                // The runtime's way to tell of the end by signal n.
                > 128 => $"ended by signal {(process.ExitCode - 128).ToString(CultureInfo.InvariantCulture)}",
                _ => $"ended with exit code {code}",
            };
        }
    }

    private static async Task<string> EndOf(ProcessIdentity identity)
    {
        while (identity.Lives)
            await Task.Delay(Look);
        return "ended; an earlier front had started it, so its exit code is not known";
    }
}
