using System.Net;
using System.Text.RegularExpressions;

namespace WasmWizard.Service.Tests;

public partial class PageSpecs
{
    [Fact]
    public async Task The_page_and_all_it_asks_for_are_served()
    {
        await using var service = await RunningService.StartAsync();
        var page = await service.GetAsync("/");
        Assert.Equal((200, "text/html; charset=utf-8"), (page.Status, page.ContentType));
        var assets = Asset().Matches(page.Text).Select(m => m.Groups[1].Value).Distinct().ToArray();
        Assert.Equal(3, assets.Length);
        foreach (var asset in assets)
            Assert.Equal(200, (await service.GetAsync(asset)).Status);
    }

    [Fact]
    public async Task Nothing_in_the_page_is_inline()
    {
        await using var service = await RunningService.StartAsync();
        var page = (await service.GetAsync("/")).Text;
        Assert.DoesNotMatch("<style|style=|<script>| on[a-z]+=|javascript:", page);
    }

    [Fact]
    public async Task What_has_not_changed_is_not_sent_again()
    {
        await using var service = await RunningService.StartAsync();
        var tag = (await service.GetAsync("/assets/page.js")).Headers["ETag"];
        using var request = new HttpRequestMessage(HttpMethod.Get, "/assets/page.js");
        request.Headers.Add("If-None-Match", tag);
        using var response = await service.Client.SendAsync(request);
        Assert.Equal(HttpStatusCode.NotModified, response.StatusCode);
    }

    [Theory]
    [InlineData("/assets/nothing.js")]
    [InlineData("/assets/..%2Findex.html")]
    public async Task Other_files_are_not_there(string path)
    {
        await using var service = await RunningService.StartAsync();
        Assert.Equal(404, (await service.GetAsync(path)).Status);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/health")]
    [InlineData("/nothing")]
    [InlineData("/api/execute")]
    public async Task Every_answer_carries_the_security_headers(string path)
    {
        await using var service = await RunningService.StartAsync();
        var headers = (await service.GetAsync(path)).Headers;
        Assert.Contains("default-src 'none'", headers["Content-Security-Policy"], StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", headers["Content-Security-Policy"], StringComparison.Ordinal);
        Assert.Equal(("nosniff", "DENY", "no-referrer"), (headers["X-Content-Type-Options"], headers["X-Frame-Options"], headers["Referrer-Policy"]));
        Assert.False(headers.ContainsKey("Server"));
        Assert.False(headers.ContainsKey("Strict-Transport-Security"));
    }

    [Theory]
    [InlineData("true", "https", true)]
    [InlineData("true", "http", false)]
    [InlineData("false", "https", false)]
    public async Task Only_a_trusted_proxy_is_believed_about_TLS(string trust, string scheme, bool strict)
    {
        await using var service = await RunningService.StartAsync(("TRUST_PROXY", trust));
        using var request = new HttpRequestMessage(HttpMethod.Get, "/health/live");
        request.Headers.Add("X-Forwarded-Proto", scheme);
        using var response = await service.Client.SendAsync(request);
        Assert.Equal(strict, response.Headers.Contains("Strict-Transport-Security"));
    }

    [GeneratedRegex("(?:href|src)=\"(/assets/[^\"]+)\"")]
    private static partial Regex Asset();
}
