using System.Text.Json;
using System.Text.Json.Nodes;
using WasmWizard.Service.Accounts;
using WasmWizard.Service.Tests.Servers;

namespace WasmWizard.Service.Tests;

/// <summary>The page as a person meets it, in a real browser: with keyboard and pointer, in light and in dark, read by a screen reader.</summary>
[Trait("suite", "complete")]
public sealed class BrowserSpecs
{
    private const double LeastContrast = 4.5;

    /// <summary>The ratio of luminances (WCAG 2.2) of every text that is shown, against the nearest ground that is painted; those below the least.</summary>
    private const string PoorContrast = """
        (() => {
          const light = (c) => { const [r, g, b] = c.match(/[\d.]+/g).map(Number).slice(0, 3).map((v) => (v /= 255, v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)); return 0.2126 * r + 0.7152 * g + 0.0722 * b; };
          const painted = (e) => { for (; e; e = e.parentElement) { const c = getComputedStyle(e).backgroundColor; if (!/, 0\)$|transparent/.test(c)) return c; } return "rgb(255, 255, 255)"; };
          const poor = [];
          const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
          while (texts.nextNode()) {
            const e = texts.currentNode.parentElement;
            if (!texts.currentNode.data.trim() || !e.checkVisibility() || e.closest("button:disabled")) continue;
            const [one, other] = [light(getComputedStyle(e).color), light(painted(e))];
            const ratio = (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
            if (ratio < LEAST) poor.push(`${texts.currentNode.data.trim()}: ${ratio.toFixed(2)}`);
          }
          return poor;
        })()
        """;

    [ToolTheory("chromium")]
    [InlineData("light")]
    [InlineData("dark")]
    public async Task Everything_on_the_page_works_and_can_be_read(string scheme)
    {
        await using var service = await RunningService.StartAsync();
        await using var browser = await Browser.StartAsync();
        await browser.UseSchemeAsync(scheme);
        await browser.GoAsync(service.Client.BaseAddress!);
        await AssertReadable(browser);
        await browser.PictureAsync($"page-{scheme}-first");

        await RunTheExample(browser);
        await KeepItAndRunItById(browser);
        await SignInAndManageKeys(browser, await service.NewKeyAsync("pro"));
        await AssertReadable(browser);
        await browser.PictureAsync($"page-{scheme}-used");

        await browser.GoAsync(new Uri(service.Client.BaseAddress!, "/docs"));
        await AssertReadable(browser);
        await browser.PictureAsync($"docs-{scheme}");
    }

    [ToolFact("chromium")]
    public async Task Tab_goes_through_the_page_in_the_order_of_reading()
    {
        await using var service = await RunningService.StartAsync();
        await using var browser = await Browser.StartAsync();
        await browser.GoAsync(service.Client.BaseAddress!);
        var visited = new List<string>();
        for (var i = 0; i < 8; i++)
        {
            await browser.PressAsync("Tab", 9);
            visited.Add((await browser.EvaluateAsync("document.activeElement.id || document.activeElement.textContent"))!.GetValue<string>());
        }

        Assert.Equal(["module", "example", "input", "start", "keep", "key", "Sign in", "API"], visited);
    }

    private static async Task RunTheExample(Browser browser)
    {
        await browser.EvaluateAsync("document.getElementById('start').click()");
        await browser.UntilAsync("document.getElementById('verdict').textContent === 'No module yet'");
        await browser.EvaluateAsync("document.getElementById('example').click()");
        await browser.EvaluateAsync("document.getElementById('input').value = 'browser'; document.getElementById('input').focus()");
        await browser.PressAsync("Enter", 13, control: true);
        await browser.UntilAsync("document.getElementById('verdict').textContent === 'Done'");
        Assert.Equal("Hello, browser", await Text(browser, "output"));
        Assert.Equal("0", await Text(browser, "exit"));
        Assert.Equal("verdict", (await browser.EvaluateAsync("document.activeElement.id"))!.GetValue<string>());
    }

    private static async Task KeepItAndRunItById(Browser browser)
    {
        await browser.EvaluateAsync("document.getElementById('keep').click()");
        await browser.UntilAsync("document.querySelectorAll('#modules li').length === 1");
        Assert.Contains("example.wat", await Text(browser, "modules"), StringComparison.Ordinal);
        await browser.EvaluateAsync("document.getElementById('input').value = 'again'; document.querySelector('#modules button').click()");
        await browser.UntilAsync("document.getElementById('output').textContent === 'Hello, again'");
    }

    private static async Task SignInAndManageKeys(Browser browser, string key)
    {
        await SignIn(browser, "ww_wrong");
        await browser.UntilAsync("document.getElementById('who').textContent.startsWith('That is no key')");
        await SignIn(browser, key);
        await browser.UntilAsync("document.getElementById('who').textContent === 'Signed in, tier pro.'");
        Assert.Equal("", (await browser.EvaluateAsync("document.getElementById('key').value"))!.GetValue<string>());
        await browser.UntilAsync("document.querySelectorAll('#modules li').length === 0");
        await browser.EvaluateAsync("document.getElementById('new-key').click()");
        await browser.UntilAsync("document.querySelectorAll('#keys tbody tr').length === 2");
        Assert.NotNull(ApiKey.Parse(await Text(browser, "made-key")));
        await browser.EvaluateAsync("[...document.querySelectorAll('#keys button')].at(0).click()");
        await browser.UntilAsync("document.getElementById('keys').textContent.includes('revoked')");
    }

    private static Task<JsonNode?> SignIn(Browser browser, string key) =>
        browser.EvaluateAsync($"document.getElementById('key').value = {JsonSerializer.Serialize(key)}; document.getElementById('sign-in').requestSubmit()");

    private static async Task<string> Text(Browser browser, string id) =>
        (await browser.EvaluateAsync($"document.getElementById({JsonSerializer.Serialize(id)}).textContent"))!.GetValue<string>();

    /// <summary>Contrast, names of everything that can be acted on, one heading of the first order, a language, no text cut off at the side.</summary>
    private static async Task AssertReadable(Browser browser)
    {
        var poor = await browser.EvaluateAsync(PoorContrast.Replace("LEAST", LeastContrast.ToString(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal));
        Assert.Empty(poor!.AsArray().Select(text => text!.GetValue<string>()));
        Assert.Equal("1 en", (await browser.EvaluateAsync("`${document.querySelectorAll('h1').length} ${document.documentElement.lang}`"))!.GetValue<string>());
        Assert.True((await browser.EvaluateAsync("document.documentElement.scrollWidth <= innerWidth"))!.GetValue<bool>(), "The page is wider than the window.");
        string[] actionable = ["button", "textbox", "link", "table", "image"];
        foreach (var node in await browser.AccessibilityTreeAsync())
        {
            var role = node!["role"]?["value"]?.GetValue<string>();
            if (node["ignored"]?.GetValue<bool>() == true || !actionable.Contains(role))
                continue;
            if (role != "table")
                Assert.False(string.IsNullOrWhiteSpace(node["name"]?["value"]?.GetValue<string>()), $"A {role} has no name: {node}");
        }
    }
}
