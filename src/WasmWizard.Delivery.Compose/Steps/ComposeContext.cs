using System.Globalization;
using System.Text;
using WasmWizard.Delivery.Compose.Engine;
using WasmWizard.Delivery.Compose.Proxy;
using WasmWizard.Delivery.Compose.Stack;
using WasmWizard.Delivery.Compose.State;
using WasmWizard.Delivery.Locks;
using WasmWizard.Delivery.Postgres.Servers;
using WasmWizard.Delivery.Releases;

namespace WasmWizard.Delivery.Compose.Steps;

/// <summary>What the steps on one engine share.</summary>
internal sealed class ComposeContext(EngineClient engine, ComposeOptions options) : IDisposable
{
    private const string PasswordFile = "secrets/postgres_password";
    private const string ServedFolder = "served";

    private readonly Dictionary<(string Host, int Port), Forward> _forwards = [];

    public EngineClient Engine => engine;

    public ComposeOptions Options => options;

    public ComposeLayout Stack => options.Stack;

    public EngineState State { get; } = new(engine, options.Stack);

    public EngineReleaseStore Releases { get; } = new(engine, options.Stack);

    public ProxyControl Proxy { get; } = new(engine.Dialer, options.Stack);

    public string NameOf(Slot slot) => $"{Stack.Project}-{ProxyConfiguration.Server(slot)}";

    public string NameOf(StackService service) => $"{Stack.Project}-{service.Name}";

    public Task<ContainerView?> Container(Slot slot, CancellationToken cancellation) => engine.FindContainer(NameOf(slot), cancellation);

    /// <summary>The slot that requests go to; null when they go nowhere.</summary>
    public async Task<Slot?> Routed(CancellationToken cancellation)
    {
        if (await engine.FindContainer(ProxyName, cancellation) is not { IsRunning: true })
            return null;
        var states = await Proxy.States(cancellation);
        return Enum.GetValues<Slot>().Where(slot => states.GetValueOrDefault(slot) is SlotState.Open).Select(slot => (Slot?)slot).FirstOrDefault();
    }

    public string ProxyName => $"{Stack.Project}-proxy";

    /// <summary>Names of every container of the service that serves or could: slots, and those of Compose's own making in the project's network.</summary>
    public async Task<IReadOnlyList<string>> Services(CancellationToken cancellation)
    {
        var slots = new List<string>();
        foreach (var slot in Enum.GetValues<Slot>())
        {
            if (await Container(slot, cancellation) is not null)
                slots.Add(NameOf(slot));
        }

        return [.. slots, .. await ByHand(cancellation)];
    }

    /// <summary>Containers that Compose made of our file.</summary>
    public Task<IReadOnlyList<string>> ByHand(CancellationToken cancellation) => engine.Named(
        new Dictionary<string, string> { ["com.docker.compose.service"] = ComposeLayout.Service, ["wasm-wizard.project"] = Stack.Project }, cancellation);

    /// <summary>The slot where this release runs; null when it does in none. The routed one comes first.</summary>
    public async Task<Slot?> SlotOf(Release release, CancellationToken cancellation)
    {
        var routed = await Routed(cancellation);
        foreach (var slot in Enum.GetValues<Slot>().OrderByDescending(slot => slot == routed))
        {
            if (await Container(slot, cancellation) is { IsRunning: true } container && container.Label(Specifications.ReleaseLabel) == release.Id.ToString())
                return slot;
        }

        return null;
    }

    /// <summary>The database's password, made at the first deployment and kept on the engine.</summary>
    public async Task<string?> DatabasePassword(CancellationToken cancellation) =>
        await State.Read(PasswordFile, cancellation) is { Length: > 0 } bytes ? Encoding.ASCII.GetString(bytes) : null;

    public Task SetDatabasePassword(string password, CancellationToken cancellation) =>
        State.Write(PasswordFile, Encoding.ASCII.GetBytes(password), cancellation);

    /// <summary>As releases reach it.</summary>
    public async Task<PostgresAddress?> DatabaseInside(CancellationToken cancellation) => await DatabasePassword(cancellation) is { } password
        ? PostgresAddress.Parse($"postgres://{ComposeLayout.DatabaseUser}:{Uri.EscapeDataString(password)}@postgres:5432/{Stack.Database}?sslmode=disable")
        : null;

    /// <summary>As this machine reaches it; null while there is none.</summary>
    public async Task<PostgresAddress?> Database(CancellationToken cancellation) =>
        await engine.FindContainer($"{Stack.Project}-postgres", cancellation) is { IsRunning: true } container
        && container.AddressIn(Stack.Network) is { } address && await DatabaseInside(cancellation) is { } inside
            ? Reached(inside, address)
            : null;

    /// <summary>Remembers that a release took over under this token; one that came back counts from then.</summary>
    public Task TookOver(ReleaseId release, FencingToken token, CancellationToken cancellation) =>
        State.Write($"{ServedFolder}/{release}", Encoding.ASCII.GetBytes(token.Value.ToString(CultureInfo.InvariantCulture)), cancellation);

    /// <summary>The token under which each release took over last, by the release's id; those that never did are absent.</summary>
    public async Task<IReadOnlyDictionary<string, long>> LastTakeOvers(CancellationToken cancellation) =>
        (await State.ReadAll(ServedFolder, cancellation)).ToDictionary(file => Path.GetFileName(file.Key), file => long.Parse(Encoding.ASCII.GetString(file.Value), CultureInfo.InvariantCulture));

    /// <summary>A key for probes that this run has seen the database accept.</summary>
    public byte[]? AcceptedKey { get; set; }

    public void Dispose()
    {
        foreach (var forward in _forwards.Values)
            forward.Dispose();
    }

    /// <summary>Directly on the engine's own host, else through a port of this machine that leads there.</summary>
    private PostgresAddress Reached(PostgresAddress inside, string address)
    {
        if (engine.Address.Ssh is null)
            return inside.At(address, inside.Port);
        if (!_forwards.TryGetValue((address, inside.Port), out var forward))
            _forwards[(address, inside.Port)] = forward = new(cancellation => engine.Dialer.Container(address, inside.Port, cancellation));
        return inside.At("127.0.0.1", forward.Port);
    }
}
