using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using WasmWizard.Service.Accounts;

namespace WasmWizard.Service.Tests;

/// <summary>Every row of the service's contract over HTTP. SqliteApiSpecs and PostgresApiSpecs run them on both kinds of backend.</summary>
internal abstract class ApiCases
{
    private static readonly byte[] Echo = Encoding.UTF8.GetBytes(Guests.Echo);

    protected abstract Task<RunningService> StartAsync(params (string Name, string Value)[] variables);

    public async Task A_module_is_stored_once_listed_run_by_id_and_deleted()
    {
        await using var service = await StartAsync();
        using var owner = service.ClientWith(await service.NewKeyAsync(Tier.Unlimited));
        var first = await UploadAsync(owner, "/api/modules", Echo, ("name", "echo'; DROP TABLE users; --"), ("description", "says it again"));
        Assert.Equal((201, "echo'; DROP TABLE users; --", $"{Echo.Length}"), (first.Status, first["name"], first["sizeBytes"]));
        var again = await UploadAsync(owner, "/api/wasm/upload", Echo, ("name", "other"));
        Assert.Equal((200, first["id"], first["name"]), (again.Status, again["id"], again["name"]));

        var run = await PostAsync(owner, $"/api/modules/{first["id"]}/execute", new StringContent("by id"));
        Assert.Equal((200, "by id"), (run.Status, run["output"]));
        using (var form = new MultipartFormDataContent { { new StringContent("by form"), "input" } })
            Assert.Equal("by form", (await PostAsync(owner, $"/api/modules/{first["id"]}/execute", form))["output"]);

        using var stranger = service.ClientWith(await service.NewKeyAsync(Tier.Unlimited));
        Assert.Equal(404, (await PostAsync(stranger, $"/api/modules/{first["id"]}/execute", new StringContent("mine?"))).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.DeleteAsync(new Uri($"/api/modules/{first["id"]}", UriKind.Relative))).StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, (await owner.DeleteAsync(new Uri($"/api/modules/{first["id"]}", UriKind.Relative))).StatusCode);
        Assert.Equal(404, (await PostAsync(owner, $"/api/modules/{first["id"]}/execute", new StringContent(""))).Status);
    }

    public async Task Pages_hold_ones_own_newest_first_and_public_ones_when_asked_for()
    {
        await using var service = await StartAsync();
        using var owner = service.ClientWith(await service.NewKeyAsync(Tier.Unlimited));
        using var other = service.ClientWith(await service.NewKeyAsync(Tier.Unlimited));
        for (var i = 0; i < 5; i++)
            Assert.Equal(201, (await UploadAsync(owner, "/api/modules", Distinct(i), ("name", $"m{i}"), ("isPublic", i == 2 ? "true" : "false"))).Status);

        Assert.Equal(["m4", "m3"], Names(await GetAsync(owner, "/api/modules?limit=2")));
        Assert.Equal(["m0"], Names(await GetAsync(owner, "/api/wasm/modules?limit=2&page=3")));
        Assert.Equal("5", (await GetAsync(owner, "/api/modules"))["total"]);
        Assert.Empty(Names(await GetAsync(other, "/api/modules")));
        Assert.Equal(["m2"], Names(await GetAsync(other, "/api/modules?includePublic=true")));
        var id = (await GetAsync(other, "/api/modules?includePublic=true")).Json.GetProperty("modules")[0].GetProperty("id").GetString();
        Assert.Equal(200, (await PostAsync(other, $"/api/modules/{id}/execute", new StringContent(""))).Status);
        foreach (var query in new[] { "limit=0", "limit=101", "page=0", "limit=x", "includePublic=maybe" })
            Assert.Equal((400, "urn:wasm-wizard:WW5208"), ((await GetAsync(owner, $"/api/modules?{query}")).Status, (await GetAsync(owner, $"/api/modules?{query}"))["type"]));
    }

    public async Task What_is_no_module_is_not_stored()
    {
        await using var service = await StartAsync();
        using var owner = service.ClientWith(await service.NewKeyAsync(Tier.Unlimited));
        Assert.Equal("urn:wasm-wizard:WW5101", (await UploadAsync(owner, "/api/modules", "no module"u8.ToArray()))["type"]);
        Assert.Equal(400, (await UploadAsync(owner, "/api/modules", Echo, ("isPublic", "perhaps"))).Status);
        Assert.Equal("0", (await GetAsync(owner, "/api/modules"))["total"]);
    }

    public async Task Keys_are_made_up_to_ones_own_tier_shown_once_and_revoked_at_once()
    {
        await using var service = await StartAsync(("AUTH_REQUIRED", "true"));
        using var owner = service.ClientWith(await service.NewKeyAsync("basic"));
        var made = await PostAsync(owner, "/api/auth/keys", JsonContent.Create(new { tier = "free" }));
        Assert.Equal((201, "free"), (made.Status, made["tier"]));
        Assert.Matches("^ww_[A-Za-z0-9]{32}$", made["key"]);
        Assert.Equal((403, "urn:wasm-wizard:WW5305"), (await Both(PostAsync(owner, "/api/auth/keys", JsonContent.Create(new { tier = "pro" })))));
        Assert.Equal(400, (await PostAsync(owner, "/api/auth/keys", JsonContent.Create(new { tier = "no such" }))).Status);
        Assert.Equal(400, (await PostAsync(owner, "/api/auth/keys", new StringContent("{", Encoding.UTF8, "application/json"))).Status);

        using var free = service.ClientWith(made["key"]!);
        Assert.Equal(200, (await RunningService.ExecuteAsync(free, Guests.Echo, "x")).Status);
        Assert.Equal(403, (await PostAsync(free, "/api/auth/keys", JsonContent.Create(new { tier = "basic" }))).Status);
        var listed = await GetAsync(owner, "/api/auth/keys");
        Assert.Equal(2, listed.Json.GetProperty("keys").GetArrayLength());
        Assert.DoesNotContain(made["key"]!, listed.Text, StringComparison.Ordinal);

        using var stranger = service.ClientWith(await service.NewKeyAsync("basic"));
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.DeleteAsync(new Uri($"/api/auth/keys/{made["id"]}", UriKind.Relative))).StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, (await owner.DeleteAsync(new Uri($"/api/auth/keys/{made["id"]}", UriKind.Relative))).StatusCode);
        Assert.Equal((401, "urn:wasm-wizard:WW5302"), await Both(RunningService.ExecuteAsync(free, Guests.Echo, "x")));
    }

    public async Task A_key_that_does_not_hold_is_refused_for_its_own_reason(bool authRequired)
    {
        await using var service = await StartAsync(("AUTH_REQUIRED", authRequired ? "true" : "false"));
        await AssertRefused("expired", await service.NewKeyAsync("free", expires: DateTimeOffset.UtcNow.AddMilliseconds(-1)));
        await AssertRefused("unknown", ApiKey.New().Reveal());
        await AssertRefused("malformed", "ww_short");
        await AssertRefused("malformed", "ww_" + new string('\'', 32));
        var disabled = await service.NewKeyAsync("free", user: "disabled");
        using var admin = service.ClientWith(await service.NewKeyAsync("free", Role.Admin));
        var id = (await GetAsync(admin, "/admin/users")).Json.GetProperty("users").EnumerateArray().Single(u => u.GetProperty("name").GetString() == "disabled").GetProperty("id").GetString();
        using (var change = new HttpRequestMessage(HttpMethod.Patch, $"/admin/users/{id}") { Content = JsonContent.Create(new { disabled = true }) })
            Assert.Equal(HttpStatusCode.OK, (await admin.SendAsync(change)).StatusCode);
        await AssertRefused("disabled", disabled);
        if (authRequired)
            Assert.Equal((401, "urn:wasm-wizard:WW5301"), await Both(service.ExecuteAsync(Guests.Echo)));

        async Task AssertRefused(string reason, string key)
        {
            var before = await service.MetricAsync($"wasm_wizard_authentication_failures_total{{reason=\"{reason}\"}}");
            using var client = service.ClientWith(key);
            var answer = await RunningService.ExecuteAsync(client, Guests.Echo, "x");
            Assert.Equal((401, "urn:wasm-wizard:WW5302", "Bearer"), (answer.Status, answer["type"], answer.Headers["WWW-Authenticate"]));
            Assert.Equal(answer["detail"], answer["error"]);
            Assert.Equal(before + 1, await service.MetricAsync($"wasm_wizard_authentication_failures_total{{reason=\"{reason}\"}}"));
        }
    }

    public async Task Usage_counts_ones_own_and_admins_see_everybodys()
    {
        await using var service = await StartAsync();
        using var user = service.ClientWith(await service.NewKeyAsync(Tier.Unlimited));
        for (var i = 0; i < 3; i++)
            await RunningService.ExecuteAsync(user, Guests.Echo, "four");
        await RunningService.ExecuteAsync(user, Guests.Exit(7), "");
        await RunningService.UntilAsync(async () => (await GetAsync(user, "/api/usage"))["executions"] == "4");
        var usage = await GetAsync(user, "/api/usage");
        Assert.Equal(("0.75", "12"), (usage["successShare"], usage["outputBytes"]));
        Assert.Equal((3, 1), (usage.Json.GetProperty("byStatus").GetProperty("success").GetInt32(), usage.Json.GetProperty("byStatus").GetProperty("exit").GetInt32()));
        var durations = usage.Json.GetProperty("durationMs");
        Assert.InRange(durations.GetProperty("p50").GetDouble(), 0.0001, durations.GetProperty("max").GetDouble());
        Assert.Equal("0", (await GetAsync(user, "/api/usage?to=2020-01-01"))["executions"]);
        Assert.Equal(400, (await GetAsync(user, "/api/usage?from=yesterday")).Status);
        Assert.Equal(400, (await GetAsync(user, "/api/usage?from=2026-02-01&to=2026-01-01")).Status);

        using var admin = service.ClientWith(await service.NewKeyAsync("free", Role.Admin));
        await RunningService.ExecuteAsync(admin, Guests.Echo, "x");
        await RunningService.UntilAsync(async () => (await GetAsync(admin, "/admin/usage"))["executions"] == "5");
        Assert.Equal("0", (await GetAsync(admin, "/admin/usage?user=nobody"))["executions"]);
    }

    public async Task Admins_manage_users_keys_tiers_and_freeze_executions()
    {
        await using var service = await StartAsync();
        using var user = service.ClientWith(await service.NewKeyAsync("pro"));
        Assert.Equal((403, "urn:wasm-wizard:WW5303"), await Both(GetAsync(user, "/admin/users")));
        Assert.Equal(401, (await service.GetAsync("/admin/users")).Status);

        using var admin = service.ClientWith(await service.NewKeyAsync("free", Role.Admin));
        var acme = await PutAsync(admin, "/admin/tiers/enterprise-acme", new { rank = 3, executionsPerMinute = 2, executionsPerDay = (long?)null, memoryBytes = 16777216, wallTimeSeconds = 1.5 });
        Assert.Equal((200, "1.5"), (acme.Status, acme["wallTimeSeconds"]));
        Assert.Equal(400, (await PutAsync(admin, "/admin/tiers/too-much", new { rank = 3, memoryBytes = 1L << 40, wallTimeSeconds = 1 })).Status);
        Assert.Equal(400, (await PutAsync(admin, "/admin/tiers/too-long", new { rank = 3, memoryBytes = 1048576, wallTimeSeconds = 31 })).Status);
        var made = await PostAsync(admin, "/admin/users", JsonContent.Create(new { name = "acme", tier = "enterprise-acme" }));
        Assert.Equal((201, "user"), (made.Status, made["role"]));
        Assert.Equal(400, (await PostAsync(admin, "/admin/users", JsonContent.Create(new { name = "x", role = "king" }))).Status);
        var key = await PostAsync(admin, $"/admin/users/{made["id"]}/keys", JsonContent.Create(new { }));
        using var customer = service.ClientWith(key["key"]!);
        Assert.Equal("memory", (await RunningService.ExecuteAsync(customer, Guests.EatMemory, ""))["reason"]);
        Assert.Equal(200, (await RunningService.ExecuteAsync(customer, Guests.Echo, "")).Status);
        Assert.Equal(429, (await RunningService.ExecuteAsync(customer, Guests.Echo, "")).Status);

        Assert.Equal(200, (await PutAsync(admin, "/admin/freeze", new { reason = "an incident" })).Status);
        var frozen = await RunningService.ExecuteAsync(user, Guests.Echo, "");
        Assert.Equal((503, "urn:wasm-wizard:WW5402"), (frozen.Status, frozen["type"]));
        Assert.Contains("an incident", frozen["detail"], StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NoContent, (await admin.DeleteAsync(new Uri("/admin/freeze", UriKind.Relative))).StatusCode);
        Assert.Equal(200, (await RunningService.ExecuteAsync(user, Guests.Echo, "")).Status);
        Assert.Equal(HttpStatusCode.NoContent, (await admin.DeleteAsync(new Uri($"/admin/keys/{key["id"]}", UriKind.Relative))).StatusCode);
        Assert.Equal(401, (await RunningService.ExecuteAsync(customer, Guests.Echo, "")).Status);
        Assert.Equal("revoked", (await GetAsync(admin, $"/admin/users/{made["id"]}/keys")).Json.GetProperty("keys")[0].GetProperty("revokedAt").ValueKind == JsonValueKind.Null ? "holds" : "revoked");
    }

    public async Task The_pages_session_signs_in_with_a_key_and_is_not_forged()
    {
        await using var service = await StartAsync(("AUTH_REQUIRED", "true"));
        using var browser = new HttpClient(new SocketsHttpHandler { CookieContainer = new CookieContainer() }) { BaseAddress = service.Client.BaseAddress };
        Assert.Equal(401, (await GetAsync(browser, "/api/session")).Status);
        Assert.Equal((401, "urn:wasm-wizard:WW5302"), await Both(PostAsync(browser, "/api/session", JsonContent.Create(new { key = "ww_wrong" }))));
        Assert.Equal(400, (await PostAsync(browser, "/api/session", new FormUrlEncodedContent([new("key", "x")]))).Status);

        var signedIn = await PostAsync(browser, "/api/session", JsonContent.Create(new { key = await service.NewKeyAsync("pro") }));
        Assert.Equal((200, "pro"), (signedIn.Status, signedIn["tier"]));
        Assert.Contains("httponly", signedIn.Headers["Set-Cookie"], StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=strict", signedIn.Headers["Set-Cookie"], StringComparison.OrdinalIgnoreCase);
        Assert.Equal(200, (await GetAsync(browser, "/api/auth/keys")).Status);
        Assert.Equal((401, "urn:wasm-wizard:WW5304"), (401, (await PostAsync(browser, "/api/auth/keys", JsonContent.Create(new { })))["type"]));
        browser.DefaultRequestHeaders.Add("X-CSRF-Token", signedIn["formToken"]);
        Assert.Equal(201, (await PostAsync(browser, "/api/auth/keys", JsonContent.Create(new { }))).Status);
        Assert.Equal(signedIn["formToken"], (await GetAsync(browser, "/api/session"))["formToken"]);
        Assert.Equal(HttpStatusCode.NoContent, (await browser.DeleteAsync(new Uri("/api/session", UriKind.Relative))).StatusCode);
        Assert.Equal(401, (await GetAsync(browser, "/api/auth/keys")).Status);
    }

    internal static async Task<Answer> UploadAsync(HttpClient client, string path, byte[] module, params (string Name, string Value)[] fields)
    {
        using var form = new MultipartFormDataContent { { new ByteArrayContent(module), "wasm", "m.wasm" } };
        foreach (var (name, value) in fields)
            form.Add(new StringContent(value), name);
        return await PostAsync(client, path, form);
    }

    internal static async Task<Answer> PostAsync(HttpClient client, string path, HttpContent content)
    {
        using var response = await client.PostAsync(new Uri(path, UriKind.Relative), content);
        return await Answer.OfAsync(response);
    }

    internal static async Task<Answer> GetAsync(HttpClient client, string path)
    {
        using var response = await client.GetAsync(new Uri(path, UriKind.Relative));
        return await Answer.OfAsync(response);
    }

    private static async Task<Answer> PutAsync(HttpClient client, string path, object body)
    {
        using var response = await client.PutAsJsonAsync(new Uri(path, UriKind.Relative), body);
        return await Answer.OfAsync(response);
    }

    private static async Task<(int, string?)> Both(Task<Answer> answer) => ((await answer).Status, (await answer)["type"]);

    private static IEnumerable<string?> Names(Answer page) => page.Json.GetProperty("modules").EnumerateArray().Select(m => m.GetProperty("name").GetString());

    private static byte[] Distinct(int number) => Encoding.UTF8.GetBytes($"(module (func (export \"_start\")) ;; {number}\n)");
}
