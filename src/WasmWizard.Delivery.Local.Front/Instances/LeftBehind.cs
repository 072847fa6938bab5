using WasmWizard.Delivery.Local.Protocol;
using WasmWizard.Delivery.Local.Protocol.Files;
using WasmWizard.Delivery.Local.Protocol.Messages;
using WasmWizard.Delivery.Local.Protocol.Processes;

namespace WasmWizard.Delivery.Local.Front.Instances;

/// <summary>What an earlier front that was killed left in the state folder and among the processes.</summary>
internal static class LeftBehind
{
    /// <summary>
    /// The instances to look after from here on: the living ones with their process, and the routed one without a process when it is
    /// dead. Everything else is ended and removed.
    /// </summary>
    public static IReadOnlyList<(InstanceSpec Spec, ProcessIdentity? Process)> In(FrontLayout layout, string? routed)
    {
        var kept = new List<(InstanceSpec Spec, ProcessIdentity? Process)>();
        foreach (var folder in Directory.EnumerateDirectories(layout.Instances))
        {
            var id = Path.GetFileName(folder);
            var intent = Path.Combine(folder, MarkedProcess.Intent);
            var spec = ProtocolJson.TryRead(AtomicFile.Read(intent), ProtocolJson.Default.InstanceSpec);
            var process = spec is null ? null : MarkedProcess.Find(folder, layout.MarkOf(id));
            if (spec is not null && process is not null)
            {
                kept.Add((spec, process));
                continue;
            }

            // Withdrawn first, looked for afterwards: a start under way either sees that it is not wanted or is found below.
            File.Delete(intent);
            MarkedProcess.EndAll(mark => mark == layout.MarkOf(id));
            Folders.Delete(folder);
            if (spec is not null && id == routed)
                kept.Add((spec, null));
        }

        var known = kept.Select(instance => layout.MarkOf(instance.Spec.Id)).ToHashSet();
        MarkedProcess.EndAll(mark => mark.StartsWith(layout.MarkPrefix, StringComparison.Ordinal) && !known.Contains(mark));
        return kept;
    }
}
