using WasmWizard.Service.Executions;

namespace WasmWizard.Service.Web;

/// <summary>An answer whose body is written already; its memory goes back when it is sent.</summary>
internal sealed class PooledAnswer(int status, string contentType, PooledBytes body) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        using (body)
        {
            var response = httpContext.Response;
            (response.StatusCode, response.ContentType, response.ContentLength) = (status, contentType, body.Length);
            foreach (var piece in body.Pieces)
                await response.Body.WriteAsync(piece, httpContext.RequestAborted);
        }
    }
}
