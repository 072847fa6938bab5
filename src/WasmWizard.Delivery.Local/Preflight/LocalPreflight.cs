using WasmWizard.Delivery.Local.Fronts;
using WasmWizard.Delivery.Local.Protocol.Files;
using WasmWizard.Delivery.Local.State;
using WasmWizard.Delivery.Ports;
using WasmWizard.Delivery.Releases;

namespace WasmWizard.Delivery.Local.Preflight;

/// <summary>Everything that would stop a rollout on this machine, found before anything is changed.</summary>
internal sealed class LocalPreflight(LocalTargetOptions options, LocalFront front, LocalReleaseStore releases)
{
    /// <summary>The layer is kept, unpacked, and a database is backed up and restored beside it.</summary>
    private const int SpaceFactor = 3;

    private readonly LocalState _state = options.State;

    private string Deploy => $"./build.sh Deploy --branch {options.Branch}";

    public IReadOnlyList<Fault> Check(Release wanted)
    {
        var layer = releases.Holds(wanted) ? null : Layer(wanted);
        // First, because it creates the folder whose disk is measured below.
        var place = CheckPlace();
        IEnumerable<Fault?> faults = [LayerThere(wanted, layer), Space(layer), Database(wanted)];
        return [.. place, .. faults.OfType<Fault>()];
    }

    /// <summary>What can be told before there is a release.</summary>
    public IReadOnlyList<Fault> CheckPlace() => [.. new[] { Platform(), Writable(), Program(), Port() }.OfType<Fault>()];

    private static Fault? Platform() => OperatingSystem.IsLinux()
        ? null
        : new Fault("WW3100", $"this machine runs {Environment.OSVersion.Platform}", "Linux: the front finds its processes by /proc", "run the command on Linux or in WSL");

    private Fault? Writable()
    {
        var probe = Path.Combine(_state.Folder, $".writable.{Path.GetRandomFileName()}");
        try
        {
            Folders.Create(_state.Folder);
            File.WriteAllText(probe, "");
            File.Delete(probe);
            return null;
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            return new Fault("WW3101", $"the state folder {_state.Folder} cannot be written: {refused.Message}", "a folder that this user can write", $"{Deploy} --state FOLDER");
        }
    }

    private Fault? LayerThere(Release wanted, string? layer) => layer is not null || releases.Holds(wanted)
        ? null
        : new Fault("WW3102", $"the layer {wanted.Digest} of release {wanted.Id} is not here", $"the file {options.Layer ?? _state.LayerOf(wanted.Digest)}", $"./build.sh Image --branch {options.Branch}");

    private Fault? Space(string? layer)
    {
        if (layer is null || !Directory.Exists(_state.Folder))
            return null;
        var database = File.Exists(_state.Database) ? new FileInfo(_state.Database).Length : 0;
        var needed = SpaceFactor * (new FileInfo(layer).Length + database);
        var free = new DriveInfo(_state.Folder).AvailableFreeSpace;
        return free >= needed
            ? null
            : new Fault("WW3103", $"{free} bytes are free for {_state.Folder}", $"{needed} bytes: {SpaceFactor} times the layer and the database", $"free space there, then {Deploy}");
    }

    private Fault? Program() => front.Running() is not null || front.CanStart
        ? null
        : new Fault("WW3104", $"no front runs, and there is no {FrontBinaries.Program} in {options.FrontBinaries} or no {options.Dotnet}", "the front's program and the dotnet host", "./build.sh Compile");

    private Fault? Port()
    {
        var wanted = PublicAddress.Wanted(options);
        var running = front.Running();
        if (running is not null && PublicAddress.Text(running.Address) == PublicAddress.Text(wanted))
            return null;
        return wanted.Port != 0 && PortOwner.Of(wanted) is { } owner
            ? new Fault("WW3105", $"{PublicAddress.Text(wanted)} is taken by {owner}", "an address that is free", $"end that process, or {Deploy} --address http://127.0.0.1:PORT")
            : null;
    }

    private static Fault? Database(Release wanted) => wanted.Variables.Keys.FirstOrDefault(name => name is "DATABASE_URL" or "DATABASE_URL_FILE") is { } name
        ? new Fault("WW3106", $"the release sets {name}", "no such variable: this target backs up and migrates the embedded database only", "take it out of build/Strategy.cs")
        : null;

    private string? Layer(Release wanted) =>
        new[] { options.Layer, _state.LayerOf(wanted.Digest) }.FirstOrDefault(path => path is not null && File.Exists(path));
}
