using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using WasmWizard.Delivery.Local.Tests.Fixtures;
using WasmWizard.Delivery.Probes;

namespace WasmWizard.Delivery.Local.Tests;

public sealed class ProbeSpecs
{
    [Theory]
    [InlineData(200, "{\"output\":\"something else\"}", "required: 'wasm-wizard probe")]
    [InlineData(200, "{}", "gave ''")]
    [InlineData(200, "no json", "not answered properly")]
    [InlineData(422, "{\"error\":\"trap\"}", "422: {\"error\":\"trap\"}")]
    [InlineData(401, "", "401")]
    public async Task What_a_service_answers_instead_is_told(int status, string body, string told)
    {
        await using var service = await Behind.Start(context =>
        {
            context.Response.StatusCode = context.Request.Path == "/health/ready" ? 200 : status;
            return context.Response.WriteAsync(body);
        });
        using var probe = new ServiceProbe();

        var answer = await probe.Ask(service.Address, CancellationToken.None);

        Assert.False(answer.IsWell);
        Assert.Contains(told, answer.Observed, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_service_that_is_not_ready_is_not_asked_to_execute()
    {
        var executions = 0;
        await using var service = await Behind.Start(context =>
        {
            executions += context.Request.Path == "/api/execute" ? 1 : 0;
            context.Response.StatusCode = 503;
            return context.Response.WriteAsync(new string('x', 1000));
        });
        using var probe = new ServiceProbe();

        var answer = await probe.Ask(service.Address, CancellationToken.None);

        Assert.StartsWith("readiness answered 503: xxx", answer.Observed, StringComparison.Ordinal);
        Assert.EndsWith("…", answer.Observed, StringComparison.Ordinal);
        Assert.Equal(0, executions);
    }

    [Fact]
    public async Task Nobody_at_the_address_is_an_answer_too()
    {
        using var probe = new ServiceProbe();

        var answer = await probe.Ask(new Uri("http://127.0.0.1:1"), CancellationToken.None);

        Assert.StartsWith("readiness was not answered properly", answer.Observed, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_embedded_module_is_its_text_assembled()
    {
        var text = Path.Combine(Repository.Root, "src/WasmWizard.Delivery.Probes/probe.wat");
        var assembled = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        try
        {
            using var wabt = Process.Start("wat2wasm", [text, "-o", assembled]);
            await wabt.WaitForExitAsync();
            Assert.Equal(await File.ReadAllBytesAsync(assembled), await File.ReadAllBytesAsync(Path.ChangeExtension(text, ".wasm")));
        }
        finally
        {
            File.Delete(assembled);
        }
    }
}
