using System.Collections.Concurrent;
using System.Globalization;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace WasmWizard.Delivery.Compose.Tests.Fixtures;

/// <summary>A constant load of executions over verified TLS, by kept and by fresh connections. Nothing is retried; every answer that is not 200 is kept.</summary>
internal sealed class Load : IAsyncDisposable
{
    private const string Hello =
        """
        (module
          (import "wasi_snapshot_preview1" "fd_write" (func $write (param i32 i32 i32 i32) (result i32)))
          (memory (export "memory") 1)
          (data (i32.const 64) "hello")
          (func (export "_start")
            (i32.store (i32.const 0) (i32.const 64))
            (i32.store (i32.const 4) (i32.const 5))
            (drop (call $write (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 8)))))
        """;

    private readonly CancellationTokenSource _end = new();
    private readonly Task[] _workers;
    private int _answers;
    private readonly StagingPlace _place;
    private readonly TimeSpan _beat;
    private readonly int _kept;

    /// <summary>One for all connections: whoever makes them anew for each also reads and checks everything anew.</summary>
    private readonly SslClientAuthenticationOptions _tls;
    private int _keptConnections;

    /// <param name="place">Who gets it.</param>
    /// <param name="key">Of a tier that is not limited.</param>
    /// <param name="kept">Workers that keep their connection.</param>
    /// <param name="fresh">Workers that open one for each request.</param>
    /// <param name="beat">Between two requests of a worker.</param>
    public Load(StagingPlace place, string key, int kept, int fresh, TimeSpan beat)
    {
        (_place, _kept, _beat) = (place, kept, beat);
        _tls = new SslClientAuthenticationOptions
        {
            TargetHost = place.Host,
            CertificateChainPolicy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck },
        };
        _tls.CertificateChainPolicy.CustomTrustStore.ImportFromPemFile(place.Authority);
        _workers =
        [
            .. Enumerable.Range(0, kept).Select(_ => Task.Run(() => Work(key, keepAlive: true))),
            .. Enumerable.Range(0, fresh).Select(_ => Task.Run(() => Work(key, keepAlive: false))),
        ];
    }

    public ConcurrentQueue<string> Failures { get; } = [];

    public int Answers => _answers;

    /// <summary>Connections that the kept-alive workers opened beyond their first one.</summary>
    public int Reconnections => _keptConnections - _kept;

    public async Task End()
    {
        await _end.CancelAsync();
        await Task.WhenAll(_workers);
    }

    public async ValueTask DisposeAsync()
    {
        await End();
        _end.Dispose();
    }

    private async Task Work(string key, bool keepAlive)
    {
        var request = Request(_place.Host, key, keepAlive);
        Connection? connection = null;
        var connections = 0;
        using var beat = new PeriodicTimer(_beat);
        while (!_end.IsCancellationRequested)
        {
            try
            {
                if (connection is null)
                {
                    connection = await Connection.Open(_place.Port, _tls);
                    connections++;
                }

                var (status, body) = await connection.Exchange(request);
                Interlocked.Increment(ref _answers);
                if (status != 200 || !body.Contains("\"output\":\"hello\"", StringComparison.Ordinal))
                    Failures.Enqueue($"{status}: {body}");
                if (!keepAlive)
                    connection = Close(connection);
                await beat.WaitForNextTickAsync(CancellationToken.None);
            }
            catch (Exception broken) when (broken is IOException or SocketException or AuthenticationException)
            {
                Failures.Enqueue($"{broken.GetType().Name}: {broken.Message}");
                connection = Close(connection);
            }
        }

        Close(connection);
        if (keepAlive)
            Interlocked.Add(ref _keptConnections, connections);
    }

    private static Connection? Close(Connection? connection)
    {
        connection?.Dispose();
        return null;
    }

    private static byte[] Request(string host, string key, bool keepAlive)
    {
        const string boundary = "boundary-of-the-load";
        var body = $"--{boundary}\r\nContent-Disposition: form-data; name=\"wasm\"; filename=\"m.wat\"\r\nContent-Type: application/wasm\r\n\r\n{Hello}\r\n"
            + $"--{boundary}\r\nContent-Disposition: form-data; name=\"input\"\r\n\r\nx\r\n--{boundary}--\r\n";
        return Encoding.UTF8.GetBytes($"POST /api/execute HTTP/1.1\r\nHost: {host}\r\nAuthorization: Bearer {key}\r\nContent-Type: multipart/form-data; boundary={boundary}\r\n"
            + $"Content-Length: {Encoding.UTF8.GetByteCount(body).ToString(CultureInfo.InvariantCulture)}\r\n{(keepAlive ? "" : "Connection: close\r\n")}\r\n{body}");
    }

    /// <summary>HTTP/1.1 over a TLS stream of its own: nothing is retried behind a test's back.</summary>
    private sealed class Connection(SslStream stream) : IDisposable
    {
        // Bytes map to characters one to one, so that lengths in bytes can be counted in characters.
        private readonly StreamReader _reader = new(stream, Encoding.Latin1);

        public static async Task<Connection> Open(int port, SslClientAuthenticationOptions tls)
        {
            var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            await socket.ConnectAsync("127.0.0.1", port);
            var stream = new SslStream(new NetworkStream(socket, ownsSocket: true));
            await stream.AuthenticateAsClientAsync(tls);
            return new(stream);
        }

        public async Task<(int Status, string Body)> Exchange(byte[] request)
        {
            await stream.WriteAsync(request);
            var status = int.Parse((await Line()).Split(' ')[1], CultureInfo.InvariantCulture);
            var length = -1;
            var chunked = false;
            while (await Line() is { Length: > 0 } header)
            {
                if (header.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase))
                    length = int.Parse(header["Content-Length:".Length..].Trim(), CultureInfo.InvariantCulture);
                chunked |= header.StartsWith("Transfer-Encoding: chunked", StringComparison.OrdinalIgnoreCase);
            }

            return (status, chunked ? await Chunks() : await Block(length));
        }

        public void Dispose()
        {
            _reader.Dispose();
            stream.Dispose();
        }

        private async Task<string> Chunks()
        {
            var body = new StringBuilder();
            while (int.Parse(await Line(), NumberStyles.HexNumber, CultureInfo.InvariantCulture) is > 0 and var size)
            {
                body.Append(await Block(size));
                await Line();
            }

            await Line();
            return body.ToString();
        }

        private async Task<string> Block(int length)
        {
            var block = new char[length];
            return await _reader.ReadBlockAsync(block.AsMemory()) == length ? new string(block) : throw new IOException("The connection ended inside an answer.");
        }

        private async Task<string> Line() => await _reader.ReadLineAsync() ?? throw new IOException("The connection ended before the answer.");
    }
}
