using System.Text;
using System.Text.Json;
using System.Xml.Linq;

namespace WasmWizard.BuildEngine.IO;

/// <summary>Reads and writes whole files. Writing makes the folder above and ends text with a line feed; text is UTF-8 without a mark.</summary>
public static class AbsolutePathContent
{
    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web) { WriteIndented = true, NewLine = "\n" };

    /// <summary>The whole text.</summary>
    public static string ReadAllText(this AbsolutePath path, Encoding? encoding = null) => File.ReadAllText(path, encoding ?? Encoding.UTF8);

    /// <summary>The lines.</summary>
    public static string[] ReadAllLines(this AbsolutePath path, Encoding? encoding = null) => File.ReadAllLines(path, encoding ?? Encoding.UTF8);

    /// <summary>The bytes.</summary>
    public static byte[] ReadAllBytes(this AbsolutePath path) => File.ReadAllBytes(path);

    /// <summary>Replaces the file's text.</summary>
    public static AbsolutePath WriteAllText(this AbsolutePath path, string content, Encoding? encoding = null, bool? eofLineBreak = true)
    {
        path.Parent?.CreateDirectory();
        var text = eofLineBreak == true && content.Length > 0 && !content.EndsWith('\n') ? content + "\n" : content;
        if (encoding is null)
            File.WriteAllText(path, text);
        else
            File.WriteAllText(path, text, encoding);
        return path;
    }

    /// <summary>Replaces the file's text by lines.</summary>
    public static AbsolutePath WriteAllLines(this AbsolutePath path, IEnumerable<string> lines, Encoding? encoding = null) =>
        path.WriteAllText(string.Join('\n', lines), encoding);

    /// <summary>Replaces the file's bytes.</summary>
    public static AbsolutePath WriteAllBytes(this AbsolutePath path, byte[] bytes)
    {
        path.Parent?.CreateDirectory();
        File.WriteAllBytes(path, bytes);
        return path;
    }

    /// <summary>Adds text at the end.</summary>
    public static AbsolutePath AppendAllText(this AbsolutePath path, string content)
    {
        path.Parent?.CreateDirectory();
        File.AppendAllText(path, content);
        return path;
    }

    /// <summary>Adds lines at the end.</summary>
    public static AbsolutePath AppendAllLines(this AbsolutePath path, IEnumerable<string> lines) =>
        path.AppendAllText(string.Concat(lines.Select(line => line + "\n")));

    /// <summary>Rewrites the text. The end stays as the update leaves it.</summary>
    public static AbsolutePath UpdateText(this AbsolutePath path, Func<string, string> update) =>
        path.WriteAllText(update(path.ReadAllText()), eofLineBreak: false);

    /// <summary>Reads JSON.</summary>
    public static T ReadJson<T>(this AbsolutePath path, JsonSerializerOptions? options = null) =>
        JsonSerializer.Deserialize<T>(path.ReadAllText(), options ?? s_json) ?? throw new JsonException($"{path} holds null.");

    /// <summary>Writes JSON: indented, names in camel case unless the options say otherwise.</summary>
    public static AbsolutePath WriteJson<T>(this AbsolutePath path, T value, JsonSerializerOptions? options = null) =>
        path.WriteAllText(JsonSerializer.Serialize(value, options ?? s_json));

    /// <summary>Rewrites JSON.</summary>
    public static AbsolutePath UpdateJson<T>(this AbsolutePath path, Func<T, T> update, JsonSerializerOptions? options = null) =>
        path.WriteJson(update(path.ReadJson<T>(options)), options);

    /// <summary>Reads XML.</summary>
    public static XDocument ReadXml(this AbsolutePath path) => XDocument.Load(path);

    /// <summary>Writes XML.</summary>
    public static AbsolutePath WriteXml(this AbsolutePath path, XDocument document)
    {
        path.Parent?.CreateDirectory();
        document.Save(path);
        return path;
    }
}
