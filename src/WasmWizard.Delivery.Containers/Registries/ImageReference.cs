using System.Text.RegularExpressions;
using WasmWizard.Delivery.Containers.Oci;
using WasmWizard.Delivery.Releases;

namespace WasmWizard.Delivery.Containers.Registries;

/// <summary>An image in a registry.</summary>
/// <param name="Host">With its port, e.g. <c>127.0.0.1:5000</c>.</param>
/// <param name="Repository">E.g. <c>team/wasm-wizard</c>.</param>
/// <param name="Digest">Null when the whole repository is meant.</param>
public sealed partial record ImageReference(string Host, string Repository, Digest? Digest)
{
    private const string Fix = "name it as registry/repository@sha256:<64 hex digits>; a tag may mean something else tomorrow";

    /// <summary>Without TLS only where nobody can listen in.</summary>
    public Uri Address => new($"{(IsLoopback ? "http" : "https")}://{Host}/v2/{Repository}/");

    private bool IsLoopback => new Uri($"http://{Host}").IsLoopback;

    /// <summary>An image by its digest.</summary>
    /// <exception cref="ImageException">It names none, or by a tag.</exception>
    public static ImageReference Parse(string text)
    {
        var parts = text.Split('@', 2);
        return parts.Length == 2 && Releases.Digest.TryParse(parts[1], out var digest)
            ? Of(parts[0]) with { Digest = digest }
            : throw new ImageException($"'{text}' names no image by its digest", Fix);
    }

    /// <summary>A repository, into which images are pushed.</summary>
    /// <exception cref="ImageException">It names none.</exception>
    public static ImageReference Of(string text)
    {
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        return slash > 0 && Authority().IsMatch(text[..slash]) && Name().IsMatch(text[(slash + 1)..])
            ? new(text[..slash], text[(slash + 1)..], null)
            : throw new ImageException($"'{text}' names no repository of a registry", Fix);
    }

    public override string ToString() => Digest is { } digest ? $"{Host}/{Repository}@{digest}" : $"{Host}/{Repository}";

    [GeneratedRegex(@"^(\[[0-9a-fA-F:]+\]|[a-zA-Z0-9]([a-zA-Z0-9.-]*[a-zA-Z0-9])?)(:\d{1,5})?$")]
    private static partial Regex Authority();

    [GeneratedRegex(@"^[a-z0-9]+([._-]+[a-z0-9]+)*(/[a-z0-9]+([._-]+[a-z0-9]+)*)*$")]
    private static partial Regex Name();
}
