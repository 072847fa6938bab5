using WasmWizard.Delivery.Local.Front.Hosting;
using WasmWizard.Delivery.Local.Fronts;
using WasmWizard.Delivery.Local.Protocol;
using WasmWizard.Delivery.Local.Protocol.Messages;
using WasmWizard.Delivery.Local.Protocol.Processes;
using WasmWizard.Delivery.Locks;

namespace WasmWizard.Delivery.Local.Tests.Fixtures;

/// <summary>A front inside the test process, with shell scripts as instances.</summary>
internal sealed class FrontPlace : IAsyncDisposable
{
    /// <summary>Writes the address of whatever answers for it, then waits to be ended.</summary>
    private const string Usual = "echo \"$ANSWERED_BY\" > \"$LISTEN_ADDRESS_FILE\"; exec sleep 1000";

    private FrontHost? _host;

    public FrontLayout Layout { get; } = new(Directory.CreateTempSubdirectory("front-").FullName);

    public FencingToken Token { get; set; } = new(1);

    public FrontDocument Document => _host!.Document;

    public HttpClient Http { get; } = new(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false });

    public Task Ended => _host!.Ended;

    public FrontClient Client() => new(Document);

    public async Task Start() => _host = await FrontHost.Start(new FrontOptions(Layout.State, new Uri("http://127.0.0.1:0"), "test"));

    public async Task End(bool keepInstances)
    {
        await _host!.End(keepInstances);
        await _host.DisposeAsync();
    }

    public static InstanceSpec Spec(string id, Uri? answeredBy, string script = Usual) => new()
    {
        Id = id,
        Release = id[..1],
        Command = ["/bin/sh", "-c", script],
        WorkingFolder = "/",
        Environment = new Dictionary<string, string> { ["ANSWERED_BY"] = answeredBy?.ToString() ?? "" },
        StartWithin = TimeSpan.FromSeconds(20),
    };

    public async Task<InstanceView> StartInstance(InstanceSpec spec)
    {
        using var client = Client();
        return await client.Start(Token, spec, CancellationToken.None);
    }

    public async Task Route(string? id)
    {
        using var client = Client();
        await client.Switch(Token, id, CancellationToken.None);
    }

    public async Task Stop(string id, TimeSpan? drainWithin = null, TimeSpan? endWithin = null)
    {
        using var client = Client();
        await client.Stop(Token, id, drainWithin ?? TimeSpan.FromSeconds(20), endWithin ?? TimeSpan.FromSeconds(20), CancellationToken.None);
    }

    public async Task<FrontStatus> Status()
    {
        using var client = Client();
        return await client.Status(CancellationToken.None);
    }

    public Task<string> Get(string path = "") => Http.GetStringAsync(new Uri(Document.Address, path));

    public async ValueTask DisposeAsync()
    {
        if (_host is not null)
            await _host.DisposeAsync();
        Http.Dispose();
        MarkedProcess.EndAll(mark => mark.StartsWith(Layout.State, StringComparison.Ordinal));
        Directory.Delete(Layout.State, recursive: true);
    }
}
