using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace WasmWizard.Delivery.Local.Protocol.Processes;

/// <summary>
/// One process for good: a pid alone is given to another process sooner or later, a pid with its start is not.
/// </summary>
/// <param name="Pid">Within the machine and pid namespace of <paramref name="Start"/>.</param>
/// <param name="Start">Clock ticks since boot on Linux, UTC ticks elsewhere, as text.</param>
public sealed record ProcessIdentity(int Pid, string Start)
{
    private const int State = 3 - FirstField;
    private const int Threads = 20 - FirstField;
    private const int StartTicks = 22 - FirstField;
    private const int FirstField = 3;

    public static ProcessIdentity Current { get; } = Of(Environment.ProcessId)
        ?? throw new UnreachableException("A running process has a start.");

    /// <summary>It has not ended. A zombie has.</summary>
    public bool Lives => Of(Pid) == this;

    /// <summary>The process that has this pid now; null when none has, or one that has ended and is not yet reaped.</summary>
    public static ProcessIdentity? Of(int pid) => OperatingSystem.IsLinux() ? OfLinux(pid) : OfOthers(pid);

    private static ProcessIdentity? OfLinux(int pid)
    {
        string stat;
        try
        {
            stat = File.ReadAllText($"/proc/{pid.ToString(CultureInfo.InvariantCulture)}/stat");
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return null;
        }

        // The command's name is in parentheses and may hold anything, so fields are counted from behind it, where the third field is.
        var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        return HasEnded(fields[State], fields[Threads]) ? null : new ProcessIdentity(pid, fields[StartTicks]);
    }

    /// <summary>The first thread of a killed process is a zombie before the others have ended, and until then its files and ports are held.</summary>
    private static bool HasEnded(string state, string threads) =>
        state is "X" || (state is "Z" && int.Parse(threads, CultureInfo.InvariantCulture) <= 1);

    private static ProcessIdentity? OfOthers(int pid)
    {
        try
        {
            using var process = Process.GetProcessById(pid);
            return process.HasExited
                ? null
                : new ProcessIdentity(pid, process.StartTime.ToUniversalTime().Ticks.ToString(CultureInfo.InvariantCulture));
        }
        catch (Exception gone) when (gone is ArgumentException or InvalidOperationException or Win32Exception)
        {
            return null;
        }
    }
}
