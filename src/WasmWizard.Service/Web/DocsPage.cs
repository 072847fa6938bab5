using System.Net;
using System.Text;

namespace WasmWizard.Service.Web;

/// <summary>The routes as a page for people: no script, the style of the page to try it.</summary>
internal static class DocsPage
{
    private const string Head = """
        <!doctype html>
        <html lang="en">
        <head>
          <meta charset="utf-8">
          <meta name="viewport" content="width=device-width, initial-scale=1">
          <meta name="color-scheme" content="light dark">
          <title>Wasm Wizard: the API</title>
          <link rel="icon" href="/assets/icon.svg" type="image/svg+xml">
          <link rel="stylesheet" href="/assets/page.css">
        </head>
        <body class="docs">
          <header>
            <img src="/assets/icon.svg" alt="" width="40" height="40">
            <div>
              <h1>The API</h1>
              <p>Send a key as <code>Authorization: Bearer ww_...</code>. For programs: <a href="/openapi/v1.json">OpenAPI</a>. <a href="/">Back to the page</a>.</p>
            </div>
          </header>
          <main>

        """;

    private const string Foot = "  </main>\n</body>\n</html>\n";

    /// <summary>The page; the same text for every request.</summary>
    public static string Html { get; } = Page();

    private static string Page()
    {
        var page = new StringBuilder(Head);
        Section(page, "Executions and modules", route => route.Path.StartsWith("/api/execute", StringComparison.Ordinal) || route.Path.StartsWith("/api/modules", StringComparison.Ordinal));
        Section(page, "Keys, sessions, usage", route => route.Path is "/api/usage" or "/api/session" || route.Path.StartsWith("/api/auth", StringComparison.Ordinal));
        Section(page, "For admins", route => route.Auth == RouteAuth.Admin);
        Section(page, "Health and metrics", route => route.Probe is not null and not "execute");
        Section(page, "Older names", route => route.AliasOf is not null);
        return page.Append(Foot).ToString();
    }

    private static void Section(StringBuilder page, string title, Func<ServiceRoute, bool> belongs)
    {
        page.Append($"    <section>\n      <h2>{title}</h2>\n      <table>\n        <thead><tr><th scope=\"col\">Route</th><th scope=\"col\">Who</th><th scope=\"col\">Does</th></tr></thead>\n        <tbody>\n");
        foreach (var route in Routes.All.Where(route => title == "Older names" || route.AliasOf is null).Where(belongs))
        {
            page.Append($"          <tr><td><code>{route.Method} {WebUtility.HtmlEncode(route.Path)}</code></td><td>{WhoOf(route.Auth)}</td>")
                .Append($"<td>{WebUtility.HtmlEncode(route.Meaning)}</td></tr>\n");
        }

        page.Append("        </tbody>\n      </table>\n    </section>\n");
    }

    private static string WhoOf(RouteAuth auth) => auth switch
    {
        RouteAuth.None => "everybody",
        RouteAuth.Key => "a key",
        RouteAuth.Owner => "a key, always",
        _ => "an admin's key",
    };
}
