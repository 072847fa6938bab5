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

        // The command's name is in parentheses and may hold anything, so fields are counted from the last one: state is field 3, start 22.
        var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        return fields.Length < 20 || fields[0] is "Z" or "X" ? null : new ProcessIdentity(pid, fields[19]);
    }

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
