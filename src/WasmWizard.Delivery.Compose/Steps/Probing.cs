using System.Security.Cryptography.X509Certificates;
using System.Text;
using WasmWizard.Delivery.Compose.Stack;
using WasmWizard.Delivery.Probes;

namespace WasmWizard.Delivery.Compose.Steps;

/// <summary>Asks a slot from inside, and the environment as a user meets it: through the published port, with the certificate verified for the public name.</summary>
internal sealed class Probing : IDisposable
{
    private readonly ComposeContext _context;
    private readonly ServiceProbe _inside;
    private readonly ServiceProbe _outside;
    private string? _key;

    public Probing(ComposeContext context)
    {
        _context = context;
        _inside = new(() => _key, context.Engine.Dialer.Handler());
        _outside = new(() => _key, Public(context));
    }

    public async Task<ProbeAnswer> Slot(Slot slot, CancellationToken cancellation)
    {
        await ReadKey(cancellation);
        return await _inside.Ask(new UriBuilder("http", _context.Stack.AddressOf(slot), ComposeLayout.ServicePort).Uri, cancellation);
    }

    /// <summary>Ready, and so many executions without a failure.</summary>
    public async Task<ProbeAnswer> Environment(int executions, CancellationToken cancellation)
    {
        await ReadKey(cancellation);
        var ready = await _outside.AskReadiness(_context.Options.Url, cancellation);
        if (!ready.IsWell)
            return ready;
        var failures = new List<string>();
        for (var execution = 0; execution < executions; execution++)
        {
            if (await _outside.Execute(_context.Options.Url, cancellation) is { IsWell: false } answer)
                failures.Add(answer.Observed);
        }

        return failures.Count == 0
            ? new(true, $"ready at {_context.Options.Url}, {executions} of {executions} executions gave the expected output")
            : new(false, $"{failures.Count} of {executions} executions failed, required: none; last: {failures[^1]}");
    }

    public void Dispose()
    {
        _inside.Dispose();
        _outside.Dispose();
    }

    private async Task ReadKey(CancellationToken cancellation) =>
        _key = await _context.State.Read(ProbeKeyStep.KeyFile, cancellation) is { Length: > 0 } bytes ? Encoding.ASCII.GetString(bytes) : null;

    private static SocketsHttpHandler Public(ComposeContext context)
    {
        var options = context.Options;
        var handler = new SocketsHttpHandler
        {
            UseProxy = false,
            AllowAutoRedirect = false,
            ConnectCallback = async (_, cancellation) => await context.Engine.Dialer.Container(options.PublishedHost, options.PublishedPort, cancellation),
        };
        if (options.AuthorityFile is { } authority)
        {
            handler.SslOptions.CertificateChainPolicy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
            handler.SslOptions.CertificateChainPolicy.CustomTrustStore.ImportFromPemFile(authority);
        }

        return handler;
    }
}
