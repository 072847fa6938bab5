using System.Security.Cryptography;
using System.Text;

namespace WasmWizard.Delivery.Postgres.Servers;

/// <summary>The schema as pg_dump writes it, without what differs between two dumps of the same schema.</summary>
public static class SchemaText
{
    /// <summary>SHA-256 over the statements: comments name versions, and newer clients put a random word around the whole text.</summary>
    public static string Hash(string dump)
    {
        var statements = dump.ReplaceLineEndings("\n").Split('\n')
            .Where(line => line.Length > 0 && !line.StartsWith("--", StringComparison.Ordinal) && line[0] != '\\');
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', statements))));
    }
}
