using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using WasmWizard.Delivery.Local.Tests.Fixtures;

namespace WasmWizard.Delivery.Local.Tests.Front;

public sealed class ForwardingSpecs
{
    [Fact]
    public async Task Without_a_route_the_answer_is_503_and_when_to_come_back()
    {
        await using var place = new FrontPlace();
        await place.Start();

        using var answer = await place.Http.GetAsync(place.Document.Address);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.NotNull(answer.Headers.RetryAfter);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        Assert.Equal(503, (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("status").GetInt32());
    }

    [Fact]
    public async Task A_request_arrives_whole_and_says_where_it_came_from()
    {
        await using var place = new FrontPlace();
        await place.Start();
        await using var behind = await Behind.Start(async context =>
        {
            using var body = new StreamReader(context.Request.Body);
            var headers = context.Request.Headers;
            await context.Response.WriteAsync(
                $"{context.Request.Method} {context.Request.Path}{context.Request.QueryString} {headers.Host} {headers["X-Forwarded-For"]} "
                + $"{headers["X-Forwarded-Proto"]} {headers["X-Forwarded-Host"]} {await body.ReadToEndAsync()}");
        });
        await place.StartInstance(FrontPlace.Spec("a-1", behind.Address));
        await place.Route("a-1");

        using var request = new HttpRequestMessage(HttpMethod.Put, new Uri(place.Document.Address, "status?x=1"));
        request.Content = new StringContent("the body");
        request.Headers.Add("X-Forwarded-For", "192.0.2.7");
        request.Headers.Add("X-Forwarded-Proto", "https");
        using var answer = await place.Http.SendAsync(request);

        var authority = place.Document.Address.Authority;
        Assert.Equal($"PUT /status?x=1 {authority} 192.0.2.7, 127.0.0.1 https {authority} the body", await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Bodies_stream_both_ways_without_a_bound_of_the_front()
    {
        const int megabytes = 40;
        await using var place = new FrontPlace();
        await place.Start();
        await using var behind = await Behind.Start(async context =>
        {
            var got = 0L;
            var buffer = new byte[81920];
            while (await context.Request.Body.ReadAsync(buffer) is > 0 and var read)
                got += read;
            for (var given = 0L; given < got; given += 1024 * 1024)
                await context.Response.Body.WriteAsync(new byte[1024 * 1024]);
        });
        await place.StartInstance(FrontPlace.Spec("a-1", behind.Address));
        await place.Route("a-1");

        using var content = new ByteArrayContent(new byte[megabytes * 1024 * 1024]);
        using var answer = await place.Http.PostAsync(place.Document.Address, content);

        Assert.Equal(megabytes * 1024 * 1024, (await answer.Content.ReadAsByteArrayAsync()).Length);
    }

    [Fact]
    public async Task When_the_service_does_not_answer_the_answer_is_502_as_a_problem()
    {
        await using var place = new FrontPlace();
        await place.Start();
        await using (var behind = await Behind.Start("a"))
        {
            await place.StartInstance(FrontPlace.Spec("a-1", behind.Address));
            await place.Route("a-1");
            Assert.Equal("a", await place.Get());
        }

        using var answer = await place.Http.GetAsync(place.Document.Address);

        Assert.Equal(HttpStatusCode.BadGateway, answer.StatusCode);
        Assert.Contains("did not answer", (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("error").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_switch_lets_the_old_instance_finish_and_sends_every_new_request_to_the_new_one()
    {
        await using var place = new FrontPlace();
        await place.Start();
        var arrived = new TaskCompletionSource();
        var finish = new TaskCompletionSource();
        await using var old = await Behind.Start(async context =>
        {
            arrived.SetResult();
            await finish.Task;
            await context.Response.WriteAsync("old");
        });
        await using var next = await Behind.Start("new");
        await place.StartInstance(FrontPlace.Spec("a-1", old.Address));
        await place.StartInstance(FrontPlace.Spec("b-1", next.Address));
        await place.Route("a-1");
        var underWay = place.Get();
        await arrived.Task;

        await place.Route("b-1");
        var stop = place.Stop("a-1");

        Assert.Equal("new", await place.Get());
        Assert.Equal(1, (await place.Status()).Instances.Single(instance => instance.Id == "a-1").InFlight);
        Assert.False(stop.IsCompleted);
        finish.SetResult();
        Assert.Equal("old", await underWay);
        await stop;
        Assert.Equal("b-1", Assert.Single((await place.Status()).Instances).Id);
    }

    [Fact]
    public async Task A_request_that_never_ends_is_cut_when_the_drain_is_over()
    {
        await using var place = new FrontPlace();
        await place.Start();
        var arrived = new TaskCompletionSource();
        await using var stuck = await Behind.Start(context =>
        {
            arrived.SetResult();
            return Task.Delay(Timeout.Infinite, context.RequestAborted);
        });
        await place.StartInstance(FrontPlace.Spec("a-1", stuck.Address));
        await place.Route("a-1");
        using var cancel = new CancellationTokenSource();
        var request = place.Http.GetAsync(place.Document.Address, cancel.Token);
        await arrived.Task;
        await place.Route(null);

        await place.Stop("a-1", drainWithin: TimeSpan.FromMilliseconds(50));

        Assert.Empty((await place.Status()).Instances);
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => request);
    }
}
