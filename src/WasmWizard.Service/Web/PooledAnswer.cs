using WasmWizard.Service.Executions;

namespace WasmWizard.Service.Web;

/// <summary>
/// An answer whose body is written already; its memory goes back when it is sent. The server copies what it is given before it looks
/// whether the client takes it: a block at a time, an answer of megabytes holds a few blocks, and other requests are answered between two.
/// </summary>
internal sealed class PooledAnswer(int status, string contentType, PooledBytes body) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        using (body)
        {
            var response = httpContext.Response;
            (response.StatusCode, response.ContentType, response.ContentLength) = (status, contentType, body.Length);
            foreach (var piece in body.Pieces)
            {
                for (var at = 0; at < piece.Length; at += ReceiveBlocks.BlockBytes)
                    await response.Body.WriteAsync(piece.Slice(at, Math.Min(ReceiveBlocks.BlockBytes, piece.Length - at)), httpContext.RequestAborted);
            }
        }
    }
}
