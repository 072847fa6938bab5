namespace WasmWizard.Delivery.Local.Protocol.Processes;

/// <summary>Where a pid means something: this machine, since its last start, in this pid namespace.</summary>
public static class MachineIdentity
{
    /// <summary>Equal text means that pids can be compared. Elsewhere than on Linux it is the machine's name alone.</summary>
    public static string Current { get; } = string.Join('/', Parts());

    private static IEnumerable<string> Parts()
    {
        yield return Environment.MachineName;
        if (!OperatingSystem.IsLinux())
            yield break;
        yield return File.ReadAllText("/proc/sys/kernel/random/boot_id").Trim();
        // Two containers on one machine share the boot id and not the pids.
        yield return new FileInfo("/proc/self/ns/pid").LinkTarget ?? "pid:unknown";
    }
}
