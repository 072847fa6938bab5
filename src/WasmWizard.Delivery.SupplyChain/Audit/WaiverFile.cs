using System.Globalization;
using WasmWizard.Delivery.Gates.Audit;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace WasmWizard.Delivery.SupplyChain.Audit;

/// <summary>
/// Reads the list of vulnerabilities that somebody answers for, as YAML or JSON:
/// <c>waivers: [{ id: GHSA-…, package: Sample, reason: not reachable, owner: ada, expiry: 2026-06-30 }]</c>.
/// </summary>
public static class WaiverFile
{
    private const string Fix = "mend the waiver file";
    private static readonly string[] Known = ["id", "package", "reason", "owner", "expiry"];

    /// <returns>Every entry, incomplete ones included, for the gate to refuse; empty when there is no such file.</returns>
    /// <exception cref="CorruptDataException">The file is torn, has another shape or a field that nobody reads.</exception>
    public static IReadOnlyList<Waiver> Read(string file) => File.Exists(file) ? Parse(File.ReadAllText(file), file) : [];

    /// <param name="text">YAML; JSON is a part of it.</param>
    /// <param name="name">For messages.</param>
    public static IReadOnlyList<Waiver> Parse(string text, string name)
    {
        var stream = new YamlStream();
        try
        {
            stream.Load(new StringReader(text));
        }
        catch (YamlException problem)
        {
            throw new CorruptDataException($"{name}, line {problem.Start.Line}: not whole", Fix, problem);
        }
        if (stream.Documents.Count == 0)
            return [];
        return stream.Documents[0].RootNode is YamlMappingNode { Children.Count: 1 } root && root.Children.TryGetValue("waivers", out var list) && list is YamlSequenceNode entries
            ? [.. entries.Select(entry => Entry(entry, name))]
            : throw new CorruptDataException($"{name} must hold one list called waivers", Fix);
    }

    private static Waiver Entry(YamlNode node, string name)
    {
        if (node is not YamlMappingNode mapping)
            throw new CorruptDataException($"{name}, line {node.Start.Line}: an entry must have the fields {string.Join(", ", Known)}", Fix);
        var fields = new Dictionary<string, string>();
        foreach (var (key, value) in mapping.Children)
        {
            if (key is not YamlScalarNode { Value: { } field } || value is not YamlScalarNode { Value: { } scalar } || !Known.Contains(field))
                throw new CorruptDataException($"{name}, line {key.Start.Line}: '{key}' is not one of {string.Join(", ", Known)} with a plain value", Fix);
            fields[field] = scalar;
        }
        return new(Text("id"), Text("package"), Text("reason"), Text("owner"), Date(Text("expiry")));

        string? Text(string field) => fields.GetValueOrDefault(field);

        DateOnly? Date(string? written) => written is null
            ? null
            : DateOnly.TryParseExact(written, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
                ? day
                : throw new CorruptDataException($"{name}, line {node.Start.Line}: '{written}' is not a day of the form 2026-06-30", Fix);
    }
}
