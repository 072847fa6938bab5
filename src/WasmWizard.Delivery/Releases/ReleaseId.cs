using System.Text;

namespace WasmWizard.Delivery.Releases;

/// <summary>Twelve lower-case hex digits that name one behaviour of the service: bytes, configuration and migrations.</summary>
public readonly record struct ReleaseId
{
    private const int Length = 12;
    private readonly string? _value;

    private ReleaseId(string value) => _value = value;

    public static ReleaseId Of(Digest digest, Digest config, IReadOnlyList<string> migrations) =>
        new(Digest.Of(Encoding.UTF8.GetBytes($"{digest}\n{config}\n{string.Join('\n', migrations)}")).Hex[..Length]);

    public static bool TryParse(string? text, out ReleaseId id)
    {
        var valid = text is { Length: Length } && text.AsSpan().IndexOfAnyExcept(Digest.LowerHex) < 0;
        id = valid ? new ReleaseId(text!) : default;
        return valid;
    }

    public static ReleaseId Parse(string text) =>
        TryParse(text, out var id) ? id : throw new FormatException($"'{text}' is not a release id of {Length} hex digits.");

    public override string ToString() => _value ?? "";
}
