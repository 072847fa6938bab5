using System.Text.Json;

namespace WasmWizard.Delivery.Releases;

/// <summary>
/// The file that describes a stored release, one line, fields in this order, variables in ordinal order:
/// <code>{"id":"3f2a91c0d4e5","version":"1.4.0","commit":"..","tree":"..","digest":"sha256:..","config":"sha256:..","variables":{"RUST_LOG":"trace"},"migrations":["0001_initial"]}</code>
/// Unknown fields are refused: a field that this reader does not know may say how the release behaves, and rolling back to a release
/// without it would bring something else back than what ran.
/// </summary>
public static class ReleaseJson
{
    private static readonly string[] Fields = ["id", "version", "commit", "tree", "digest", "config", "variables", "migrations"];

    public static string Write(Release release) => JsonText.Write(json =>
    {
        json.WriteString("id", release.Id.ToString());
        json.WriteString("version", release.Version);
        json.WriteString("commit", release.Commit);
        json.WriteString("tree", release.Tree);
        json.WriteString("digest", release.Digest.ToString());
        json.WriteString("config", release.Config.ToString());
        json.WriteStartObject("variables");
        foreach (var (name, value) in release.Variables.OrderBy(variable => variable.Key, StringComparer.Ordinal))
        {
            json.WriteString(name, value);
        }

        json.WriteEndObject();
        json.WriteStartArray("migrations");
        foreach (var migration in release.Migrations)
        {
            json.WriteStringValue(migration);
        }

        json.WriteEndArray();
    });

    /// <exception cref="FormatException">It is not such a document; the message lists every missing and unknown field.</exception>
    public static Release Read(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text, new JsonDocumentOptions { AllowDuplicateProperties = false });
            return Read(document.RootElement);
        }
        catch (Exception malformed) when (malformed is JsonException or InvalidOperationException)
        {
            throw new FormatException($"This is not the JSON of a release: {malformed.Message}", malformed);
        }
    }

    private static Release Read(JsonElement json)
    {
        var found = json.EnumerateObject().Select(field => field.Name).ToList();
        var faults = Fields.Except(found).Select(name => $"'{name}' is missing")
            .Concat(found.Except(Fields).Select(name => $"'{name}' is not known"))
            .ToList();
        if (faults.Count > 0)
        {
            throw new FormatException($"This is not a release that can be read here: {string.Join(", ", faults)}.");
        }

        var release = new Release
        {
            Version = Text(json.GetProperty("version")),
            Commit = Text(json.GetProperty("commit")),
            Tree = Text(json.GetProperty("tree")),
            Digest = Digest.Parse(Text(json.GetProperty("digest"))),
            Config = Digest.Parse(Text(json.GetProperty("config"))),
            Variables = json.GetProperty("variables").EnumerateObject()
                .ToDictionary(variable => variable.Name, variable => Text(variable.Value), StringComparer.Ordinal),
            Migrations = [.. json.GetProperty("migrations").EnumerateArray().Select(Text)],
        };
        var id = ReleaseId.Parse(Text(json.GetProperty("id")));
        return release.Id == id
            ? release
            : throw new FormatException($"The release calls itself {id}, but its digest, config and migrations make it {release.Id}.");
    }

    private static string Text(JsonElement value) => value.GetString() ?? throw new FormatException("A field of a release is null.");
}
