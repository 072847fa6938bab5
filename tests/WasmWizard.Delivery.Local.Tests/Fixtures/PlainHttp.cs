using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace WasmWizard.Delivery.Local.Tests.Fixtures;

/// <summary>HTTP/1.1 over a socket of its own: nothing is retried behind a test's back, and every connection is counted.</summary>
internal sealed class PlainHttp(Uri server, bool keepAlive, string key) : IDisposable
{
    private TcpClient? _connection;
    private StreamReader? _reader;

    public int Connections { get; private set; }

    /// <summary>Sends the module to /api/execute.</summary>
    /// <exception cref="IOException">The connection was reset or closed before the answer was whole.</exception>
    public async Task<(int Status, string Body)> Execute(string module, CancellationToken cancellation)
    {
        const string boundary = "boundary-of-the-load";
        var body = $"--{boundary}\r\nContent-Disposition: form-data; name=\"wasm\"; filename=\"m.wat\"\r\nContent-Type: application/wasm\r\n\r\n{module}\r\n"
            + $"--{boundary}\r\nContent-Disposition: form-data; name=\"input\"\r\n\r\nx\r\n--{boundary}--\r\n";
        var head = $"POST /api/execute HTTP/1.1\r\nHost: {server.Authority}\r\nAuthorization: Bearer {key}\r\nContent-Type: multipart/form-data; boundary={boundary}\r\n"
            + $"Content-Length: {Encoding.UTF8.GetByteCount(body).ToString(CultureInfo.InvariantCulture)}\r\n{(keepAlive ? "" : "Connection: close\r\n")}\r\n";
        await Connect(cancellation);
        await _connection!.GetStream().WriteAsync(Encoding.UTF8.GetBytes(head + body), cancellation);
        var answer = await ReadAnswer(cancellation);
        if (!keepAlive)
            Close();
        return answer;
    }

    public void Dispose() => Close();

    private async Task Connect(CancellationToken cancellation)
    {
        if (_connection is not null)
            return;
        _connection = new TcpClient();
        await _connection.ConnectAsync(server.Host, server.Port, cancellation);
        // Bytes map to characters one to one, so that lengths in bytes can be counted in characters.
        _reader = new StreamReader(_connection.GetStream(), Encoding.Latin1);
        Connections++;
    }

    private void Close()
    {
        _reader?.Dispose();
        _connection?.Dispose();
        _connection = null;
    }

    private async Task<(int Status, string Body)> ReadAnswer(CancellationToken cancellation)
    {
        var status = int.Parse((await Line(cancellation)).Split(' ')[1], CultureInfo.InvariantCulture);
        var length = -1;
        var chunked = false;
        while (await Line(cancellation) is { Length: > 0 } header)
        {
            if (header.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase))
                length = int.Parse(header["Content-Length:".Length..].Trim(), CultureInfo.InvariantCulture);
            chunked |= header.StartsWith("Transfer-Encoding: chunked", StringComparison.OrdinalIgnoreCase);
        }

        return (status, chunked ? await Chunks(cancellation) : await Block(length, cancellation));
    }

    private async Task<string> Chunks(CancellationToken cancellation)
    {
        var body = new StringBuilder();
        while (int.Parse(await Line(cancellation), NumberStyles.HexNumber, CultureInfo.InvariantCulture) is > 0 and var size)
        {
            body.Append(await Block(size, cancellation));
            await Line(cancellation);
        }

        await Line(cancellation);
        return body.ToString();
    }

    private async Task<string> Block(int length, CancellationToken cancellation)
    {
        var block = new char[length];
        return await _reader!.ReadBlockAsync(block.AsMemory(), cancellation) == length
            ? new string(block)
            : throw new IOException("The connection ended inside an answer.");
    }

    private async Task<string> Line(CancellationToken cancellation) =>
        await _reader!.ReadLineAsync(cancellation) ?? throw new IOException("The connection ended before the answer.");
}
