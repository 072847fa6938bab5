using System.Globalization;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;

namespace WasmWizard.Service.Data;

/// <summary>One numbered step of the schema, forward only.</summary>
/// <param name="Name">The file's name without extension, such as <c>0001_usage_logs</c>.</param>
public sealed record Migration(int Version, string Name, string Sql)
{
    /// <summary>SHA-256 of the text with line ends as LF, so that a checkout's settings do not change it.</summary>
    public string Checksum { get; } =
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Sql.ReplaceLineEndings("\n"))));

    /// <summary>The migrations of this binary for SQLite, in order.</summary>
    public static IReadOnlyList<Migration> Sqlite { get; } = Embedded("Migrations/Sqlite/");

    /// <summary>The migrations of this binary for PostgreSQL, in order. Numbers and names are those of SQLite.</summary>
    public static IReadOnlyList<Migration> Postgres { get; } = Embedded("Migrations/Postgres/");

    private static List<Migration> Embedded(string prefix)
    {
        var assembly = Assembly.GetExecutingAssembly();
        return [.. assembly.GetManifestResourceNames()
            .Where(n => n.StartsWith(prefix, StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(n => Read(assembly, n, n[prefix.Length..^".sql".Length]))];
    }

    private static Migration Read(Assembly assembly, string resource, string name)
    {
        using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
        return new Migration(int.Parse(name[..4], CultureInfo.InvariantCulture), name, reader.ReadToEnd());
    }
}
