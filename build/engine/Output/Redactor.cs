using System.Net;
using System.Text;
using System.Text.Json;

namespace WasmWizard.BuildEngine;

/// <summary>Replaces secrets in text, also where they are encoded: base64 (alone or inside a longer text), URL, JSON, and line by line.</summary>
internal sealed class Redactor
{
    public const string Mask = "***";

    /// <summary>A shorter piece of an encoded secret would hide ordinary words.</summary>
    private const int ShortestPiece = 8;

    private readonly Lock _lock = new();
    private string[] _forms = [];

    /// <returns>False when it was known already.</returns>
    public bool Add(string secret)
    {
        if (string.IsNullOrWhiteSpace(secret))
            return false;
        lock (_lock)
        {
            var known = _forms.Contains(secret);
            _forms = [.. _forms.Concat(FormsOf(secret)).Distinct().OrderByDescending(form => form.Length)];
            return !known;
        }
    }

    public string Redact(string text)
    {
        foreach (var form in Volatile.Read(ref _forms))
            text = text.Replace(form, Mask, StringComparison.Ordinal);
        return text;
    }

    private static IEnumerable<string> FormsOf(string secret)
    {
        var trimmed = secret.Trim();
        var bytes = Encoding.UTF8.GetBytes(trimmed);
        yield return secret;
        yield return trimmed;
        yield return Convert.ToBase64String(bytes);
        yield return Convert.ToBase64String(Encoding.UTF8.GetBytes(secret));
        yield return Uri.EscapeDataString(trimmed);
        yield return WebUtility.UrlEncode(trimmed);
        yield return JsonSerializer.Serialize(trimmed).Trim('"');
        foreach (var piece in Base64Pieces(bytes).Concat(trimmed.Split('\n').Select(line => line.Trim())).Where(piece => piece.Length >= ShortestPiece))
        {
            yield return piece;
            yield return piece.Replace('+', '-').Replace('/', '_');
        }
    }

    /// <summary>What every base64 text with the secret inside must contain: three alignments, without the characters that neighbours share.</summary>
    private static IEnumerable<string> Base64Pieces(byte[] secret)
    {
        for (var offset = 0; offset < 3; offset++)
        {
            var text = Convert.ToBase64String([.. new byte[offset], .. secret]).TrimEnd('=');
            var first = offset == 0 ? 0 : offset + 1;
            var last = (offset + secret.Length) * 8 / 6;
            if (last > first)
                yield return text[first..last];
        }
    }
}
