using System.Text.Json;
using WasmWizard.Delivery.Environments;
using WasmWizard.Delivery.Evidence;

namespace WasmWizard.Delivery.SupplyChain.Attestations;

/// <summary>
/// Reads whose signatures count where: <c>{"production":[{"name":"release 2026","key":"-----BEGIN PUBLIC KEY-----…"}],"staging":[]}</c>. The file
/// is under code owners.
/// </summary>
public static class TrustedKeyFile
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web) { RespectRequiredConstructorParameters = true, RespectNullableAnnotations = true };

    /// <exception cref="MissingDataException">There is no such file.</exception>
    /// <exception cref="CorruptDataException">It is torn, names another environment, or holds a key of another kind.</exception>
    public static KeyRing Read(string file) => File.Exists(file)
        ? Parse(File.ReadAllText(file), file)
        : throw new MissingDataException($"there is no list of trusted keys at {file}", "name one with --trusted-keys");

    public static KeyRing Parse(string json, string name)
    {
        try
        {
            var lists = JsonSerializer.Deserialize<Dictionary<string, Entry?[]>>(json, Options) ?? throw new JsonException("null is no list");
            return new([.. lists.SelectMany(list => list.Value.Select(entry => Key(Environment(list.Key), entry, name)))]);
        }
        catch (Exception problem) when (problem is JsonException or ArgumentNullException)
        {
            throw new CorruptDataException($"{name} is not a whole list of trusted keys", "mend the file of trusted keys", problem);
        }

        EnvironmentName Environment(string word) => Enum.GetValues<EnvironmentName>().Where(value => string.Equals(value.ToString(), word, StringComparison.OrdinalIgnoreCase)).Cast<EnvironmentName?>().FirstOrDefault()
            ?? throw new CorruptDataException($"{name}: there is no environment {word}", "mend the file of trusted keys");
    }

    private static RingKey Key(EnvironmentName environment, Entry? entry, string name) => entry is null
        ? throw new JsonException("null is no key")
        : new(environment, entry.Name, PublicKey.Parse(entry.Key, $"the key '{entry.Name}' in {name}"));

    private sealed record Entry(string Name, string Key);
}

/// <summary>Public keys by environment.</summary>
public sealed record KeyRing(IReadOnlyList<RingKey> Keys)
{
    /// <summary>The same with one more, e.g. the key that research made on this machine.</summary>
    public KeyRing With(EnvironmentName environment, string name, PublicKey key) => new([.. Keys, new(environment, name, key)]);

    /// <summary>The part that the policy works on.</summary>
    public TrustedKeys Trusted => new([.. Keys.Select(key => new TrustedKey(key.Environment, key.Name, key.Key.Id))]);
}

/// <summary>One key of a ring.</summary>
public sealed record RingKey(EnvironmentName Environment, string Name, PublicKey Key);
