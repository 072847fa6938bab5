using System.Text.Json;
using NuGet.Versioning;

namespace WasmWizard.Delivery.SupplyChain.Packages;

/// <summary>What a published application says it consists of: <c>&lt;name&gt;.deps.json</c>, which lies beside its assemblies.</summary>
public static class DepsFile
{
    private const string Packs = "runtimepack";
    private const string Fix = "./build.sh Image";

    /// <returns>Libraries and the runtime's packs; projects of the repository are not packages.</returns>
    /// <exception cref="CorruptDataException">It is torn or no such file.</exception>
    public static IReadOnlyList<ResolvedPackage> Read(byte[] json, string name)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return [.. document.RootElement.GetProperty("libraries").EnumerateObject().Select(library => Package(library, name)).OfType<ResolvedPackage>()];
        }
        catch (Exception problem) when (problem is JsonException or KeyNotFoundException or InvalidOperationException or ArgumentException or IndexOutOfRangeException)
        {
            throw new CorruptDataException($"{name} is not a whole list of dependencies", Fix, problem);
        }
    }

    private static ResolvedPackage? Package(JsonProperty library, string name)
    {
        var parts = library.Name.Split('/', 2);
        return library.Value.GetProperty("type").GetString() switch
        {
            "package" => new(parts[0], NuGetVersion.Parse(parts[1]), PackageKind.Library, name),
            Packs => new(parts[0].StartsWith(Packs + ".", StringComparison.Ordinal) ? parts[0][(Packs.Length + 1)..] : parts[0], NuGetVersion.Parse(parts[1]), PackageKind.Pack, name),
            _ => null,
        };
    }
}
