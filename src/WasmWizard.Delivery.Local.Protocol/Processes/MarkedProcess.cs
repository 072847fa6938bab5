using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using WasmWizard.Delivery.Local.Protocol.Files;

namespace WasmWizard.Delivery.Local.Protocol.Processes;

/// <summary>What is to be started.</summary>
/// <param name="Mark">Unique on the machine; stands in the process's environment, so that it is found without any record of its pid.</param>
/// <param name="Folder">Holds the intent <c>instance.json</c> (written by the caller before) and the <c>pid</c> that the process itself writes.</param>
/// <param name="Command">Program and arguments.</param>
/// <param name="WorkingFolder">Where it runs.</param>
/// <param name="Environment">The whole environment, nothing is inherited.</param>
/// <param name="Log">Gets stdout and stderr, appended.</param>
public sealed record Launch(
    string Mark,
    string Folder,
    IReadOnlyList<string> Command,
    string WorkingFolder,
    IReadOnlyDictionary<string, string> Environment,
    string Log);

/// <summary>
/// Processes that are found again after whoever started them was killed, at any point of the start. The process is a shell first: it
/// writes its pid, then ends unless the intent still stands, then becomes the program. Who recovers withdraws the intent and then looks
/// for the mark, so a process is either seen by that look or ends by itself.
/// </summary>
public static class MarkedProcess
{
    /// <summary>The exit code of a start whose intent had been withdrawn, or whose pid could not be written.</summary>
    public const int Withdrawn = 97;

    /// <summary>The file in a launch's folder that says the process is wanted.</summary>
    public const string Intent = "instance.json";

    /// <summary>The environment variable that carries the mark.</summary>
    public const string Variable = "WASM_WIZARD_MARK";

    private const string Script =
        """
        umask 077
        echo "$$" > "$1.new" && mv "$1.new" "$1" && [ -e "$2" ] || exit 97
        log="$3"
        shift 3
        exec "$@" < /dev/null >> "$log" 2>&1
        """;

    /// <summary>Starts the process. It is this process's child but does not depend on it.</summary>
    /// <exception cref="Win32Exception">No shell or no such working folder.</exception>
    public static Process Start(Launch launch)
    {
        var start = new ProcessStartInfo("/bin/sh") { WorkingDirectory = launch.WorkingFolder, UseShellExecute = false };
        string[] arguments =
            ["-c", Script, "sh", PidFile(launch.Folder), Path.Combine(launch.Folder, Intent), launch.Log, .. launch.Command];
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        start.Environment.Clear();
        foreach (var (name, value) in launch.Environment)
            start.Environment[name] = value;
        start.Environment[Variable] = launch.Mark;
        return Process.Start(start) ?? throw new UnreachableException("A new process is always started.");
    }

    /// <summary>The living process of a folder; null when it has ended or never started.</summary>
    public static ProcessIdentity? Find(string folder, string mark)
    {
        var written = AtomicFile.Read(PidFile(folder));
        return written is not null
            && int.TryParse(Encoding.ASCII.GetString(written), NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out var pid)
            && MarkOf(pid) == mark
                ? ProcessIdentity.Of(pid)
                : null;
    }

    /// <summary>Every living process whose mark is wanted, children of such processes included. Empty except on Linux; other users' are not seen.</summary>
    public static IReadOnlyList<ProcessIdentity> All(Func<string, bool> wanted) =>
        OperatingSystem.IsLinux() ? [.. Scan(wanted)] : [];

    /// <summary>Ends every process whose mark is unwanted, at once.</summary>
    public static void EndAll(Func<string, bool> unwanted)
    {
        foreach (var process in All(unwanted))
            Signals.End(process);
    }

    private static IEnumerable<ProcessIdentity> Scan(Func<string, bool> wanted)
    {
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var pid)
                && MarkOf(pid) is { } mark && wanted(mark)
                && ProcessIdentity.Of(pid) is { } process)
                yield return process;
        }
    }

    private static string? MarkOf(int pid)
    {
        try
        {
            var environment = File.ReadAllText($"/proc/{pid.ToString(CultureInfo.InvariantCulture)}/environ");
            return environment.Split('\0')
                .FirstOrDefault(entry => entry.StartsWith(Variable + "=", StringComparison.Ordinal))?[(Variable.Length + 1)..];
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static string PidFile(string folder) => Path.Combine(folder, "pid");
}
