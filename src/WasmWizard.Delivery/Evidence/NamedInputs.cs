using System.Security.Cryptography;
using System.Text;

namespace WasmWizard.Delivery.Evidence;

/// <summary>
/// What an answer or a product was made from, as names with values (contents by their hash). Equal inputs give an equal result, so a
/// recorded one may stand for a new one; where they differ, the names say why not. The one rule behind the evidence of gates and
/// the build's cache of targets, which is why the build engine compiles this file too.
/// </summary>
internal static class NamedInputs
{
    /// <summary>64 hex digits over all names and values; the order in which they were found does not matter.</summary>
    public static string KeyOf(IReadOnlyDictionary<string, string> inputs)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var (name, value) in inputs.OrderBy(input => input.Key, StringComparer.Ordinal))
        {
            Append(hash, name);
            Append(hash, value);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>The names whose values differ, sorted: changed, new and gone ones.</summary>
    public static IReadOnlyList<InputChange> Changes(IReadOnlyDictionary<string, string> earlier, IReadOnlyDictionary<string, string> now) =>
    [
        .. earlier.Keys.Union(now.Keys).Order(StringComparer.Ordinal)
            .Where(name => earlier.GetValueOrDefault(name) != now.GetValueOrDefault(name))
            .Select(name => new InputChange(name, earlier.GetValueOrDefault(name), now.GetValueOrDefault(name))),
    ];

    /// <summary>The length in front keeps two texts apart from their joined form.</summary>
    private static void Append(IncrementalHash hash, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        hash.AppendData(BitConverter.GetBytes(bytes.Length));
        hash.AppendData(bytes);
    }
}

/// <param name="Name">Which input.</param>
/// <param name="Earlier">Null when it is new.</param>
/// <param name="Now">Null when it is gone.</param>
internal sealed record InputChange(string Name, string? Earlier, string? Now)
{
    public override string ToString() => $"{Name} {(Earlier is null ? "is new" : Now is null ? "is gone" : "changed")}";
}
