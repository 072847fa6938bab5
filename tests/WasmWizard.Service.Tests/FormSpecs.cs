using System.Net.Sockets;
using System.Text;

namespace WasmWizard.Service.Tests;

public class FormSpecs
{
    private static readonly (string, string)[] Small = [("MAX_WASM_SIZE", "1000"), ("MAX_INPUT_SIZE", "10")];

    [Fact]
    public async Task A_module_of_exactly_the_limit_is_read_and_one_byte_more_is_not()
    {
        await using var service = await RunningService.StartAsync(Small);
        var module = """(module (func (export "_start")))""".PadRight(1000);
        Assert.Equal(200, (await service.ExecuteAsync(module)).Status);
        var answer = await service.ExecuteAsync(module + " ");
        Assert.Equal((413, "urn:wasm-wizard:WW5203"), (answer.Status, answer["type"]));
        Assert.Contains("\"wasm\" is larger than 1000 bytes", answer["error"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ten_mebibytes_and_a_byte_are_too_many_by_default()
    {
        await using var service = await RunningService.StartAsync();
        Assert.Equal(413, (await service.ExecuteAsync(new byte[(10 * 1024 * 1024) + 1])).Status);
    }

    [Fact]
    public async Task An_input_one_byte_too_long_is_refused()
    {
        await using var service = await RunningService.StartAsync(Small);
        Assert.Equal(200, (await service.ExecuteAsync("""(module (func (export "_start")))""", "0123456789")).Status);
        Assert.Equal(413, (await service.ExecuteAsync("""(module (func (export "_start")))""", "01234567890")).Status);
    }

    [Fact]
    public async Task A_body_beyond_everything_is_refused()
    {
        await using var service = await RunningService.StartAsync(Small);
        using var form = new MultipartFormDataContent { { new ByteArrayContent(new byte[200_000]), "other", "x" } };
        Assert.Equal(413, (await service.PostAsync(form)).Status);
    }

    [Fact]
    public async Task Something_else_than_a_form_is_told_what_is_required()
    {
        await using var service = await RunningService.StartAsync();
        using var content = new StringContent("{}", Encoding.UTF8, "application/json");
        var answer = await service.PostAsync(content);
        Assert.Equal((415, "urn:wasm-wizard:WW5202"), (answer.Status, answer["type"]));
    }

    [Fact]
    public async Task A_form_without_a_boundary_is_refused()
    {
        await using var service = await RunningService.StartAsync();
        using var content = new StringContent("x");
        content.Headers.ContentType = new System.Net.Http.Headers.MediaTypeHeaderValue("multipart/form-data");
        var answer = await service.PostAsync(content);
        Assert.Equal((400, "urn:wasm-wizard:WW5201"), (answer.Status, answer["type"]));
    }

    [Fact]
    public async Task A_form_without_a_module_is_refused()
    {
        await using var service = await RunningService.StartAsync();
        using var form = new MultipartFormDataContent { { new StringContent("x"), "input" } };
        Assert.Equal("The form has no file \"wasm\".", (await service.PostAsync(form))["error"]);
    }

    [Fact]
    public async Task A_part_that_comes_twice_is_refused()
    {
        await using var service = await RunningService.StartAsync();
        using var form = new MultipartFormDataContent { { new StringContent(Guests.Echo), "wasm" }, { new StringContent(Guests.Echo), "wasm" } };
        Assert.Equal("The form has \"wasm\" twice.", (await service.PostAsync(form))["error"]);
    }

    [Fact]
    public async Task Very_many_parts_are_refused()
    {
        await using var service = await RunningService.StartAsync();
        using var form = new MultipartFormDataContent();
        for (var i = 0; i < 100; i++)
            form.Add(new StringContent("x"), $"part{i}");
        Assert.Equal("The form has more than 16 parts.", (await service.PostAsync(form))["error"]);
    }

    [Fact]
    public async Task Unknown_parts_are_passed_over()
    {
        await using var service = await RunningService.StartAsync();
        using var form = new MultipartFormDataContent
        {
            { new StringContent("x"), "other" },
            { new StringContent("in"), "input" },
            { new StringContent(Guests.Echo), "wasm", "m.wat" },
        };
        Assert.Equal("in", (await service.PostAsync(form))["output"]);
    }

    [Fact]
    public async Task A_form_that_never_ends_its_part_is_refused()
    {
        await using var service = await RunningService.StartAsync();
        using var content = new StringContent("--b\r\nContent-Disposition: form-data; name=\"wasm\"\r\n\r\n(module");
        content.Headers.ContentType = System.Net.Http.Headers.MediaTypeHeaderValue.Parse("multipart/form-data; boundary=b");
        var answer = await service.PostAsync(content);
        Assert.Equal((400, "urn:wasm-wizard:WW5201"), (answer.Status, answer["type"]));
    }

    [Theory]
    [InlineData("--b\r\nno colon\r\n\r\nx\r\n--b--")]
    [InlineData("--b\r\nContent-Disposition: form-data; name=\"wasm\"\r\n\r\nx\r\n--bb--")]
    [InlineData("nothing of the kind")]
    public async Task A_broken_form_is_refused_and_the_connection_goes_on(string body)
    {
        await using var service = await RunningService.StartAsync();
        var connections = 0;
        using var handler = new SocketsHttpHandler
        {
            ConnectCallback = async (context, cancellation) =>
            {
                connections++;
                var client = new TcpClient();
                await client.ConnectAsync("127.0.0.1", context.DnsEndPoint.Port, cancellation);
                return client.GetStream();
            },
        };
        using var client = new HttpClient(handler) { BaseAddress = service.Client.BaseAddress };
        for (var i = 0; i < 3; i++)
        {
            using var content = new StringContent(body);
            content.Headers.ContentType = System.Net.Http.Headers.MediaTypeHeaderValue.Parse("multipart/form-data; boundary=b");
            using var response = await client.PostAsync(new Uri("/api/execute", UriKind.Relative), content);
            var answer = await Answer.OfAsync(response);
            Assert.Equal((400, "The multipart body is broken or ends too early."), (answer.Status, answer["error"]));
            Assert.Equal("served", (await RunningService.ExecuteAsync(client, Guests.Echo, "served"))["output"]);
        }

        Assert.Equal(1, connections);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_module_of_megabytes_is_run_and_kept(bool chunked)
    {
        await using var service = await RunningService.StartAsync();
        service.Client.DefaultRequestHeaders.TransferEncodingChunked = chunked;
        var module = Guests.Echo.PadRight(9_000_000);
        for (var i = 0; i < 3; i++)
            Assert.Equal("through", (await service.ExecuteAsync(module, "through"))["output"]);
        using var form = new MultipartFormDataContent { { new StringContent(module), "wasm", "m.wat" }, { new StringContent("large"), "name" } };
        using var response = await service.Client.PostAsync(new Uri("/api/modules", UriKind.Relative), form);
        var kept = await Answer.OfAsync(response);
        Assert.Equal((201, "9000000", "large"), (kept.Status, kept["sizeBytes"], kept["name"]));
        Assert.Equal(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes(module))), kept["sha256"]);
    }

    [Fact]
    public async Task An_input_for_a_stored_module_is_text_or_a_form_and_has_a_limit()
    {
        await using var service = await RunningService.StartAsync(("MAX_INPUT_SIZE", "100000"));
        using var form = new MultipartFormDataContent { { new StringContent(Guests.Echo), "wasm", "m.wat" } };
        using var stored = await service.Client.PostAsync(new Uri("/api/modules", UriKind.Relative), form);
        var path = new Uri($"/api/modules/{(await Answer.OfAsync(stored))["id"]}/execute", UriKind.Relative);
        var longest = new string('x', 100_000);
        Assert.Equal((200, longest), await RunAsync(new StringContent(longest), "output"));
        Assert.Equal((413, "urn:wasm-wizard:WW5203"), await RunAsync(new StringContent(longest + "x"), "type"));
        Assert.Equal((200, "formed"), await RunAsync(new MultipartFormDataContent { { new StringContent("formed"), "input" } }, "output"));
        Assert.Equal((415, "urn:wasm-wizard:WW5202"), await RunAsync(new FormUrlEncodedContent([new("input", "x")]), "type"));
        Assert.Equal((200, ""), await RunAsync(new ByteArrayContent([]), "output"));

        async Task<(int, string?)> RunAsync(HttpContent content, string property)
        {
            using (content)
            {
                using var response = await service.Client.PostAsync(path, content);
                var answer = await Answer.OfAsync(response);
                return (answer.Status, answer[property]);
            }
        }
    }

    /// <summary>The bytes of one lie where the other one's are received, when it is not read to its end first.</summary>
    [Fact]
    public async Task Forms_at_once_are_not_taken_for_each_other()
    {
        await using var service = await RunningService.StartAsync();
        await Parallel.ForAsync(0, 400, new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (i, cancellation) =>
        {
            var input = new string((char)('a' + (i % 26)), 1 + (i * 997 % 100_000));
            Assert.Equal(input, (await service.ExecuteAsync(Guests.Echo.PadRight(1000 + (i % 3 * 60_000)), input, cancellation: cancellation))["output"]);
        });
    }

    [Fact]
    public async Task Half_a_body_and_a_closed_connection_harm_nobody()
    {
        await using var service = await RunningService.StartAsync(("MAX_CONCURRENT_EXECUTIONS", "1"));
        for (var i = 0; i < 20; i++)
        {
            using var client = new TcpClient();
            await client.ConnectAsync("127.0.0.1", service.Client.BaseAddress!.Port);
            await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(
                "POST /api/execute HTTP/1.1\r\nHost: localhost\r\nContent-Type: multipart/form-data; boundary=b\r\nContent-Length: 5000\r\n\r\n--b\r\nContent-Disposition: form-data; name=\"wasm\"\r\n\r\n(mod"));
        }

        Assert.Equal("served", (await service.ExecuteAsync(Guests.Echo, "served"))["output"]);
        Assert.Equal(0, await service.MetricAsync("wasm_wizard_http_requests_total{method=\"POST\",route=\"/api/execute\",status=\"500\"}"));
    }
}
