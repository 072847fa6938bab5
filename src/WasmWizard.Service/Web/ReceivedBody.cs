using System.Buffers;
using System.IO.Pipelines;

namespace WasmWizard.Service.Web;

/// <summary>
/// A request's body where the connection received it, until it is disposed of: copying a module of 100 KB twice cost as much as
/// receiving it. What is held grows with what arrives, not with what is announced.
/// </summary>
internal readonly struct ReceivedBody : IDisposable
{
    private readonly PipeReader _reader;

    private ReceivedBody(PipeReader reader, ReadOnlySequence<byte> bytes, bool overflowed) => (_reader, Bytes, Overflowed) = (reader, bytes, overflowed);

    /// <summary>All of it, unless it <see cref="Overflowed"/>.</summary>
    public ReadOnlySequence<byte> Bytes { get; }

    /// <summary>There was at least one byte more than the limit.</summary>
    public bool Overflowed { get; }

    /// <param name="limit">Bytes that it may have; without one, what the server takes of any request.</param>
    public static async ValueTask<ReceivedBody> ReadAsync(HttpContext context, int limit = int.MaxValue - 1)
    {
        var reader = context.Request.BodyReader;
        var read = await reader.ReadAtLeastAsync(limit + 1, context.RequestAborted);
        return new ReceivedBody(reader, read.Buffer, read.Buffer.Length > limit);
    }

    public void Dispose() => _reader.AdvanceTo(Bytes.End);
}
