using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace WasmWizard.Delivery.Probes;

/// <summary>
/// The core of what a release does for its users, asked over HTTP: each case stands on the ones before. Run with the release before on the schema of the
/// next one, it tells whether both can be there at once. What it stores it removes.
/// </summary>
/// <param name="service">Where the release answers.</param>
/// <param name="key">A key of a tier that is not limited.</param>
/// <param name="handler">How the service is reached; null for the usual way.</param>
public sealed class CoreSuite(Uri service, string key, HttpMessageHandler? handler = null) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    private readonly HttpClient _http = new(handler ?? new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false })
    {
        BaseAddress = service,
        Timeout = Patience,
        DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", key) },
    };

    /// <returns>Every case by name, in order; it ends with the first that is not well.</returns>
    public async Task<IReadOnlyList<(string Case, ProbeAnswer Answer)>> Run(CancellationToken cancellation)
    {
        var input = Guid.NewGuid().ToString("N");
        var id = "";
        (string Case, Func<Task> Ask)[] cases =
        [
            ("ready", async () => await Expect(HttpMethod.Get, "health/ready", null, HttpStatusCode.OK, cancellation)),
            ("execute", async () => Require(Output(await Expect(HttpMethod.Post, "api/execute", Form(input), HttpStatusCode.OK, cancellation)), ServiceProbe.Greeting + input)),
            ("store a module", async () => id = Text(await Expect(HttpMethod.Post, "api/modules", ModuleForm(input), HttpStatusCode.Created, cancellation, HttpStatusCode.OK), "id")),
            ("list modules", async () => Contain(await Expect(HttpMethod.Get, "api/modules?limit=100", null, HttpStatusCode.OK, cancellation), id)),
            ("execute the stored module", async () => Require(Output(await Expect(
                HttpMethod.Post, $"api/modules/{id}/execute", new StringContent(input, Encoding.UTF8, "text/plain"), HttpStatusCode.OK, cancellation)), ServiceProbe.Greeting + input)),
            ("remove the module", async () => await Expect(HttpMethod.Delete, $"api/modules/{id}", null, HttpStatusCode.NoContent, cancellation)),
            ("usage", async () => await Expect(HttpMethod.Get, "api/usage", null, HttpStatusCode.OK, cancellation)),
        ];
        var answers = new List<(string, ProbeAnswer)>();
        foreach (var (name, ask) in cases)
        {
            try
            {
                await ask();
                answers.Add((name, new ProbeAnswer(true, "as expected")));
            }
            catch (Exception broken) when (broken is HttpRequestException or JsonException or InvalidOperationException or KeyNotFoundException
                || (broken is TaskCanceledException && !cancellation.IsCancellationRequested))
            {
                answers.Add((name, new ProbeAnswer(false, broken is TaskCanceledException ? $"not answered within {Patience.TotalSeconds:0} s" : broken.Message)));
                break;
            }
        }

        return answers;
    }

    /// <summary>The first case that is not well, in a person's words; null when all are.</summary>
    public async Task<string?> FirstFault(CancellationToken cancellation) =>
        (await Run(cancellation)).Where(answer => !answer.Answer.IsWell).Select(answer => $"{answer.Case}: {answer.Answer.Observed}").FirstOrDefault();

    public void Dispose() => _http.Dispose();

    private async Task<string> Expect(HttpMethod method, string path, HttpContent? content, HttpStatusCode wanted, CancellationToken cancellation, HttpStatusCode? also = null)
    {
        const int most = 300;
        using var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative)) { Content = content };
        using var response = await _http.SendAsync(request, cancellation);
        var body = await response.Content.ReadAsStringAsync(cancellation);
        return response.StatusCode == wanted || response.StatusCode == also
            ? body
            : throw new HttpRequestException($"{method} {path} answered {(int)response.StatusCode}; required: {(int)wanted}. It said: {(body.Length > most ? body[..most] + "…" : body)}");
    }

    private static MultipartFormDataContent Form(string input) => new() { { Module(), "wasm", "probe.wasm" }, { new StringContent(input, Encoding.UTF8), "input" } };

    // A name of its own: the same bytes of the same owner would be the module of an earlier run.
    private static MultipartFormDataContent ModuleForm(string name) => new()
    {
        { Module(), "wasm", "probe.wasm" }, { new StringContent($"probe {name}", Encoding.UTF8), "name" }, { new StringContent("core suite", Encoding.UTF8), "description" },
    };

    private static ByteArrayContent Module()
    {
        var wasm = new ByteArrayContent(ServiceProbe.Module);
        wasm.Headers.ContentType = new MediaTypeHeaderValue("application/wasm");
        return wasm;
    }

    private static string Output(string body) => Text(body, "output");

    private static string Text(string body, string property)
    {
        using var document = JsonDocument.Parse(body);
        return document.RootElement.GetProperty(property).ToString();
    }

    private static void Require(string observed, string required)
    {
        if (observed != required)
            throw new InvalidOperationException($"gave '{observed}'; required: '{required}'");
    }

    private static void Contain(string body, string id)
    {
        if (!body.Contains($"\"{id}\"", StringComparison.Ordinal))
            throw new InvalidOperationException($"module {id} is not listed; required: it was just stored");
    }
}
