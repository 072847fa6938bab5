using System.Reflection;
using System.Security.Cryptography;
using Microsoft.Net.Http.Headers;

namespace WasmWizard.Service.Web;

/// <summary>The page and its files, embedded in the assembly, with their hashes as entity tags.</summary>
internal sealed class EmbeddedAssets
{
    public const string PageName = "index.html";
    private const string Prefix = "wwwroot/";

    private readonly Dictionary<string, Asset> _assets;

    public EmbeddedAssets()
    {
        var assembly = Assembly.GetExecutingAssembly();
        _assets = assembly.GetManifestResourceNames()
            .Where(n => n.StartsWith(Prefix, StringComparison.Ordinal))
            .ToDictionary(n => n[Prefix.Length..], n => Load(assembly, n), StringComparer.Ordinal);
    }

    public IResult Get(HttpContext context, string name)
    {
        if (!_assets.TryGetValue(name, out var asset))
            return Results.NotFound();
        // Asked anew each time, answered 304 while it is the same: a deployment shows at once.
        context.Response.Headers.CacheControl = "no-cache";
        return Results.Bytes(asset.Bytes, asset.ContentType, entityTag: asset.Tag);
    }

    private static Asset Load(Assembly assembly, string resource)
    {
        using var stream = assembly.GetManifestResourceStream(resource)!;
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        var type = Path.GetExtension(resource) switch
        {
            ".html" => "text/html; charset=utf-8",
            ".js" => "text/javascript; charset=utf-8",
            ".css" => "text/css; charset=utf-8",
            ".svg" => "image/svg+xml",
            var other => throw new System.Diagnostics.UnreachableException($"No content type is known for {other}."),
        };
        return new Asset(bytes, type, new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(SHA256.HashData(bytes))[..16]}\""));
    }

    private sealed record Asset(byte[] Bytes, string ContentType, EntityTagHeaderValue Tag);
}
