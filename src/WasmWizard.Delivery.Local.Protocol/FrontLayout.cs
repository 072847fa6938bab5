namespace WasmWizard.Delivery.Local.Protocol;

/// <summary>Where the front keeps its things inside an environment's state folder.</summary>
/// <param name="State">Full path of the state folder.</param>
public sealed record FrontLayout(string State)
{
    public string Folder => Path.Combine(State, "front");

    /// <summary>Who the running front is, see <see cref="Messages.FrontDocument"/>.</summary>
    public string Document => Path.Combine(Folder, "front.json");

    /// <summary>Route and fencing token, see <see cref="Messages.FrontMemory"/>.</summary>
    public string Memory => Path.Combine(Folder, "state.json");

    /// <summary>Held by the one running front for as long as it lives.</summary>
    public string Lock => Path.Combine(Folder, "lock");

    /// <summary>Copies of the front's binaries, one folder per digest.</summary>
    public string Binaries => Path.Combine(Folder, "bin");

    public string Instances => Path.Combine(State, "instances");

    public string Logs => Path.Combine(State, "logs");

    public string FrontLog => LogOf("front");

    public string InstanceFolder(string id) => Path.Combine(Instances, id);

    public string LogOf(string id) => Path.Combine(Logs, $"{id}.log");

    /// <summary>Stands in the environment of an instance's process.</summary>
    public string MarkOf(string id) => MarkPrefix + id;

    /// <summary>Stands in the environment of the front itself.</summary>
    public string FrontMark => $"{State}!front";

    /// <summary>Begins the mark of every process of this state.</summary>
    public string MarkPrefix => $"{State}#";
}
