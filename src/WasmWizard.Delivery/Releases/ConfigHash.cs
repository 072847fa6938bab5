namespace WasmWizard.Delivery.Releases;

/// <summary>
/// The hash of a release's variables: names in ordinal order, each with its value, every part with its length before it, so that
/// neither the order of a dictionary nor a line break in a value can give two configurations one hash. Secrets are not part of it.
/// </summary>
public static class ConfigHash
{
    public static Digest Of(IReadOnlyDictionary<string, string> variables) => variables
        .OrderBy(variable => variable.Key, StringComparer.Ordinal)
        .Aggregate(new CanonicalText(), (text, variable) => text.Add(variable.Key).Add(variable.Value))
        .Hash();
}
