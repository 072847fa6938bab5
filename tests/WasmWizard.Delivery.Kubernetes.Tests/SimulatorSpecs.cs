using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using WasmWizard.Delivery.Kubernetes.Simulator.Faults;

namespace WasmWizard.Delivery.Kubernetes.Tests;

/// <summary>The simulated API keeps what the real one's documentation promises.</summary>
public sealed class SimulatorSpecs
{
    private const string Maps = "api/v1/namespaces/default/configmaps";

    [Fact]
    public async Task A_watch_tells_what_was_what_changes_and_that_it_is_too_late()
    {
        await using var stage = await Stage.Open();
        using var client = new HttpClient { BaseAddress = stage.Server.Address };
        var first = await Send(client, HttpMethod.Post, Maps, Map("one", "1"));
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        using var response = await client.GetAsync($"{Maps}?watch=true", HttpCompletionOption.ResponseHeadersRead, patience.Token);
        using var lines = new StreamReader(await response.Content.ReadAsStreamAsync(patience.Token));

        Assert.Equal("ADDED one", await Next(lines, patience.Token));
        await Send(client, HttpMethod.Post, Maps, Map("two", "1"));
        Assert.Equal("ADDED two", await Next(lines, patience.Token));
        await Send(client, HttpMethod.Delete, $"{Maps}/one", null);
        Assert.Equal("DELETED one", await Next(lines, patience.Token));

        stage.Cluster.Compact();
        using var late = await client.GetAsync($"{Maps}?watch=true&resourceVersion={first["metadata"]!["resourceVersion"]}", HttpCompletionOption.ResponseHeadersRead, patience.Token);
        using var told = new StreamReader(await late.Content.ReadAsStreamAsync(patience.Token));
        var error = JsonNode.Parse((await told.ReadLineAsync(patience.Token))!)!;
        Assert.Equal(("ERROR", 410), (error["type"]!.GetValue<string>(), error["object"]!["code"]!.GetValue<int>()));
    }

    [Fact]
    public async Task A_watch_that_asks_for_bookmarks_gets_one_in_quiet_times()
    {
        await using var stage = await Stage.Open();
        using var client = new HttpClient { BaseAddress = stage.Server.Address };
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        using var response = await client.GetAsync($"{Maps}?watch=true&allowWatchBookmarks=true", HttpCompletionOption.ResponseHeadersRead, patience.Token);
        using var lines = new StreamReader(await response.Content.ReadAsStreamAsync(patience.Token));

        Assert.Equal("BOOKMARK ", await Next(lines, patience.Token));
    }

    [Fact]
    public async Task Lists_come_in_pages_and_by_selectors()
    {
        await using var stage = await Stage.Open();
        using var client = new HttpClient { BaseAddress = stage.Server.Address };
        foreach (var name in new[] { "a", "b", "c" })
            await Send(client, HttpMethod.Post, Maps, Map(name, name));

        var page = await Send(client, HttpMethod.Get, $"{Maps}?limit=2", null);
        var rest = await Send(client, HttpMethod.Get, $"{Maps}?limit=2&continue={Uri.EscapeDataString(page["metadata"]!["continue"]!.GetValue<string>())}", null);

        Assert.Equal(["a", "b"], Names(page));
        Assert.Equal(["c"], Names(rest));
        Assert.Equal(["b"], Names(await Send(client, HttpMethod.Get, $"{Maps}?labelSelector=letter%3Db", null)));
        Assert.Equal(["a", "c"], Names(await Send(client, HttpMethod.Get, $"{Maps}?labelSelector=letter%20notin%20(b)", null)));
        Assert.Equal(["c"], Names(await Send(client, HttpMethod.Get, $"{Maps}?labelSelector=letter,letter!%3Da,letter%20in%20(c,a)", null)));
        Assert.Equal(["a"], Names(await Send(client, HttpMethod.Get, $"{Maps}?fieldSelector=metadata.name%3Da", null)));
    }

    [Fact]
    public async Task A_write_from_an_old_version_is_refused_and_so_is_a_name_that_is_taken()
    {
        await using var stage = await Stage.Open();
        using var client = new HttpClient { BaseAddress = stage.Server.Address };
        var old = await Send(client, HttpMethod.Post, Maps, Map("one", "1"));
        var newer = old.DeepClone().AsObject();
        newer["data"]!["value"] = "2";
        await Send(client, HttpMethod.Put, $"{Maps}/one", newer);
        old["data"]!["value"] = "3";

        Assert.Equal((409, "Conflict"), await Refused(client, HttpMethod.Put, $"{Maps}/one", old));
        Assert.Equal((409, "AlreadyExists"), await Refused(client, HttpMethod.Post, Maps, Map("one", "1")));
        Assert.Equal((404, "NotFound"), await Refused(client, HttpMethod.Put, $"{Maps}/none", Map("none", "1")));
        Assert.Equal((404, "NotFound"), await Refused(client, HttpMethod.Post, "api/v1/namespaces/nowhere/configmaps", Map("one", "1")));
        Assert.Equal((422, "Invalid"), await Refused(client, HttpMethod.Post, Maps, Map("Not_A_Name", "1")));
    }

    [Fact]
    public async Task Too_many_requests_are_told_when_to_come_again()
    {
        await using var stage = await Stage.Open();
        using var client = new HttpClient { BaseAddress = stage.Server.Address };
        stage.Server.Faults = new ApiFaults(1).At(1, ApiFault.TooManyRequests);

        using var content = new StringContent(Map("one", "1").ToJsonString(), Encoding.UTF8, "application/json");
        using var response = await client.PostAsync(Maps, content);

        Assert.Equal(HttpStatusCode.TooManyRequests, response.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(1), response.Headers.RetryAfter!.Delta);
        Assert.Empty(stage.Cluster.All("ConfigMap", "default"));
    }

    [Fact]
    public async Task A_body_of_a_kind_that_is_not_read_here_is_refused_as_such()
    {
        await using var stage = await Stage.Open();
        using var client = new HttpClient { BaseAddress = stage.Server.Address };
        using var content = new ByteArrayContent([0x6b, 0x38, 0x73, 0x00]);
        content.Headers.ContentType = new("application/vnd.kubernetes.protobuf");

        using var response = await client.PostAsync(Maps, content);

        Assert.Equal(HttpStatusCode.UnsupportedMediaType, response.StatusCode);
    }

    private static JsonObject Map(string name, string value) => new()
    {
        ["apiVersion"] = "v1",
        ["kind"] = "ConfigMap",
        ["metadata"] = new JsonObject { ["name"] = name, ["labels"] = new JsonObject { ["letter"] = name.ToLowerInvariant() } },
        ["data"] = new JsonObject { ["value"] = value },
    };

    private static IEnumerable<string> Names(JsonObject list) => list["items"]!.AsArray().Select(item => item!["metadata"]!["name"]!.GetValue<string>());

    private static async Task<string> Next(StreamReader lines, CancellationToken patience)
    {
        var told = JsonNode.Parse((await lines.ReadLineAsync(patience))!)!;
        return $"{told["type"]!.GetValue<string>()} {told["object"]!["metadata"]!["name"]?.GetValue<string>()}";
    }

    private static async Task<JsonObject> Send(HttpClient client, HttpMethod method, string path, JsonObject? body)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json") };
        using var response = await client.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, text);
        return JsonNode.Parse(text)!.AsObject();
    }

    private static async Task<(int, string)> Refused(HttpClient client, HttpMethod method, string path, JsonObject body)
    {
        using var request = new HttpRequestMessage(method, path) { Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json") };
        using var response = await client.SendAsync(request);
        var status = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
        return ((int)response.StatusCode, status["reason"]!.GetValue<string>());
    }
}
