using System.Diagnostics;

namespace WasmWizard.Delivery.Local.Front.Routing;

/// <summary>
/// A listening instance that requests can be forwarded to. It counts the requests under way, so that it can be ended when the last one
/// has been answered.
/// </summary>
public sealed class Backend : IDisposable
{
    /// <summary>Below the 130 s after which Kestrel closes an idle connection, so that no request meets a connection just closed.</summary>
    private static readonly TimeSpan IdleConnection = TimeSpan.FromSeconds(60);

    private readonly Lock _gate = new();
    private readonly TaskCompletionSource _idle = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _inFlight;
    private bool _retired;

    public Backend(Uri address)
    {
        Address = address;
        Client = new HttpMessageInvoker(new SocketsHttpHandler
        {
            UseProxy = false,
            UseCookies = false,
            AllowAutoRedirect = false,
            AutomaticDecompression = System.Net.DecompressionMethods.None,
            ActivityHeadersPropagator = DistributedContextPropagator.CreatePassThroughPropagator(),
            ConnectTimeout = TimeSpan.FromSeconds(15),
            PooledConnectionIdleTimeout = IdleConnection,
        });
    }

    public Uri Address { get; }

    public HttpMessageInvoker Client { get; }

    /// <summary>Completes when the backend is retired and its last request has been answered.</summary>
    public Task Idle => _idle.Task;

    public int InFlight
    {
        get
        {
            lock (_gate)
                return _inFlight;
        }
    }

    /// <summary>Counts one more request; false when the backend takes no more.</summary>
    public bool TryEnter()
    {
        lock (_gate)
        {
            if (_retired)
                return false;
            _inFlight++;
            return true;
        }
    }

    public void Leave()
    {
        lock (_gate)
        {
            _inFlight--;
            CompleteWhenIdle();
        }
    }

    /// <summary>No new request from here on; its connections are closed after the last answer.</summary>
    public void Retire()
    {
        lock (_gate)
        {
            _retired = true;
            CompleteWhenIdle();
        }
    }

    public void Dispose() => Client.Dispose();

    private void CompleteWhenIdle()
    {
        if (!_retired || _inFlight > 0 || !_idle.TrySetResult())
            return;
        Dispose();
    }
}
