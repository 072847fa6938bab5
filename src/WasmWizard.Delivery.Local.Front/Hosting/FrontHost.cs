using System.Net;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using WasmWizard.Delivery.Local.Front.Control;
using WasmWizard.Delivery.Local.Front.Instances;
using WasmWizard.Delivery.Local.Front.Routing;
using WasmWizard.Delivery.Local.Protocol;
using WasmWizard.Delivery.Local.Protocol.Files;
using WasmWizard.Delivery.Local.Protocol.Messages;
using WasmWizard.Delivery.Local.Protocol.Processes;
using Yarp.ReverseProxy.Forwarder;

namespace WasmWizard.Delivery.Local.Front.Hosting;

/// <summary>The front as a whole: the public address, the control address, the instances. One per state folder at any time.</summary>
public sealed class FrontHost : IAsyncDisposable
{
    /// <summary>Longer than any execution (30 s), so that requests under way are answered before the front ends.</summary>
    private static readonly TimeSpan DrainWithin = TimeSpan.FromSeconds(35);

    private static readonly TimeSpan EndWithin = TimeSpan.FromSeconds(10);

    /// <summary>Of one instance's log; as much again is kept of what came before.</summary>
    private const long InstanceLogBytes = 8 * 1024 * 1024;

    private static readonly TimeSpan LogLook = TimeSpan.FromSeconds(5);

    private readonly FrontLayout _layout;
    private readonly FrontLog _log;
    private readonly FileStream _onlyOne;
    private readonly Router _router = new();
    private readonly Timer _logBound;
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Supervisor? _supervisor;
    private WebApplication? _public;
    private WebApplication? _control;

    private FrontHost(FrontLayout layout, FileStream onlyOne)
    {
        _layout = layout;
        _onlyOne = onlyOne;
        _log = new FrontLog(layout.FrontLog);
        _logBound = new Timer(_ => _supervisor?.BoundLogs(InstanceLogBytes), null, LogLook, LogLook);
    }

    public FrontDocument Document { get; private set; } = null!;

    /// <summary>Completes when an order or a signal has ended the front.</summary>
    public Task Ended => _ended.Task;

    /// <summary>Binds the public address, looks after what an earlier front left, and writes the document by which the pipeline finds it.</summary>
    /// <exception cref="IOException">The address is taken, another front runs for this state, or the disk is full.</exception>
    public static async Task<FrontHost> Start(FrontOptions options)
    {
        var layout = new FrontLayout(options.State);
        Folders.Create(layout.Folder);
        Folders.Create(layout.Logs);
        var onlyOne = Exclusive.TryHold(layout.Lock)
            ?? throw new IOException($"Another front holds {layout.Lock}: one front serves a state folder.");
        var host = new FrontHost(layout, onlyOne);
        try
        {
            await host.Run(options);
            return host;
        }
        catch
        {
            await host.DisposeAsync();
            throw;
        }
    }

    /// <summary>Ends the front after the requests under way.</summary>
    /// <param name="keepInstances">Leave their processes running for the next front.</param>
    public async Task End(bool keepInstances)
    {
        File.Delete(_layout.Document);
        await _public!.StopAsync();
        if (!keepInstances)
            await _supervisor!.EndProcesses(EndWithin);
        _log.Write("the front ends");
        _ended.TrySetResult();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var app in new[] { _public, _control })
        {
            if (app is not null)
                await app.DisposeAsync();
        }

        await _logBound.DisposeAsync();
        _supervisor?.Dispose();
        _log.Dispose();
        await _onlyOne.DisposeAsync();
    }

    private static IPEndPoint EndPointOf(Uri address) => new(IPAddress.Parse(address.Host.Trim('[', ']')), address.Port);

    private static Uri AddressOf(WebApplication app) =>
        new(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());

    private async Task Run(FrontOptions options)
    {
        var publicBuilder = Builder(EndPointOf(options.Address));
        publicBuilder.Services.AddHttpForwarder();
        _public = publicBuilder.Build();
        var forwarding = new Forwarding(_router, _public.Services.GetRequiredService<IHttpForwarder>());
        _public.Run(forwarding.Answer);
        await _public.StartAsync();

        _supervisor = new Supervisor(_layout, CleanEnvironment.FromThisProcess(), _router, _log);

        var key = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
        var controlBuilder = Builder(new IPEndPoint(IPAddress.Loopback, 0));
        controlBuilder.Services.AddRoutingCore();
        controlBuilder.Services.ConfigureHttpJsonOptions(json => json.SerializerOptions.TypeInfoResolverChain.Insert(0, ProtocolJson.Default));
        _control = controlBuilder.Build();
        new Orders(_supervisor, key, keepInstances => _ = End(keepInstances)).Map(_control);
        await _control.StartAsync();

        Document = new FrontDocument
        {
            Protocol = FrontDocument.CurrentProtocol,
            Process = ProcessIdentity.Current,
            Machine = MachineIdentity.Current,
            Address = AddressOf(_public),
            Control = AddressOf(_control),
            Key = key,
            Version = options.Version,
        };
        AtomicFile.Write(_layout.Document, JsonSerializer.SerializeToUtf8Bytes(Document, ProtocolJson.Default.FrontDocument));
        _log.Write($"the front serves {Document.Address}");
    }

    private WebApplicationBuilder Builder(IPEndPoint endPoint)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Logging.AddProvider(_log);
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = DrainWithin);
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            // Sizes are the service's to decide; a bound here would answer in its place.
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.Listen(endPoint);
        });
        return builder;
    }
}
