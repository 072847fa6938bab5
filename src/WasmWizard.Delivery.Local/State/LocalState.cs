using WasmWizard.Delivery.Local.Protocol;
using WasmWizard.Delivery.Local.Protocol.Files;
using WasmWizard.Delivery.Releases;

namespace WasmWizard.Delivery.Local.State;

/// <summary>Where everything of one environment on this machine lives; never inside a clone. Folders are for their owner only.</summary>
public sealed class LocalState
{
    private const string Product = "wasm-wizard";

    private LocalState(string folder)
    {
        Folder = folder;
        Front = new FrontLayout(folder);
    }

    public string Folder { get; }

    /// <summary>The front's own files, instances and logs.</summary>
    public FrontLayout Front { get; }

    /// <summary>Who may change the environment; JSON, see <see cref="LocalLockStore"/>.</summary>
    public string Lock => Path.Combine(Folder, "lock");

    public string Ledger => Path.Combine(Folder, "ledger.jsonl");

    /// <summary>App layers as they came, by digest.</summary>
    public string Layers => Path.Combine(Folder, "layers");

    /// <summary>Unpacked releases, by id.</summary>
    public string Releases => Path.Combine(Folder, "releases");

    /// <summary>The service's DATA_PATH: its database and compiled modules.</summary>
    public string Data => Path.Combine(Folder, "data");

    public string Database => Path.Combine(Data, "wasm-wizard.db");

    /// <summary>The key that probes execute with; readable by its owner alone.</summary>
    public string ProbeKey => Path.Combine(Folder, "probe.key");

    public string Backups => Path.Combine(Folder, "backups");

    /// <summary>Moving aliases, one file each with a release's id.</summary>
    public string Tags => Path.Combine(Folder, "tags");

    /// <summary>The public address, recorded when the front was first started.</summary>
    public string Address => Path.Combine(Front.Folder, "address");

    /// <summary>The state folder of an environment.</summary>
    /// <param name="environment">Its word, e.g. <c>research</c>.</param>
    /// <param name="root">The folder that holds all environments; null for <c>$XDG_STATE_HOME/wasm-wizard</c>, by default
    /// <c>~/.local/state/wasm-wizard</c>, on Windows <c>%LOCALAPPDATA%\wasm-wizard</c>.</param>
    public static LocalState Of(string environment, string? root = null) =>
        new(Path.GetFullPath(Path.Combine(root ?? DefaultRoot(), environment)));

    public string LayerOf(Digest digest) => Path.Combine(Layers, $"{digest.Hex}.tar");

    public string FolderOf(ReleaseId release) => Path.Combine(Releases, release.ToString());

    public string TagOf(string alias) => Path.Combine(Tags, alias);

    /// <summary>Creates every folder that is not there yet.</summary>
    public void Create()
    {
        foreach (var folder in new[] { Folder, Layers, Releases, Data, Backups, Tags, Front.Folder, Front.Binaries, Front.Instances, Front.Logs })
            Folders.Create(folder);
    }

    private static string DefaultRoot()
    {
        var xdg = Environment.GetEnvironmentVariable("XDG_STATE_HOME");
        if (!string.IsNullOrEmpty(xdg) && Path.IsPathFullyQualified(xdg))
            return Path.Combine(xdg, Product);
        return OperatingSystem.IsWindows()
            ? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData), Product)
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".local", "state", Product);
    }
}
