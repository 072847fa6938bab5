using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using WasmWizard.Delivery.Gates.Migrations.Sql;

namespace WasmWizard.Delivery.Gates.Migrations;

/// <summary>One file below the folder of migrations.</summary>
/// <param name="Path">Relative to that folder with forward slashes, e.g. <c>Postgres/0001_usage_logs.sql</c>.</param>
/// <param name="Sql">Its text.</param>
public sealed record MigrationFile(string Path, string Sql)
{
    /// <summary>SHA-256 over the text with line ends as LF: the checksum that the service records when it applies the file.</summary>
    public string Checksum => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Sql.TrimStart('\uFEFF').ReplaceLineEndings("\n"))));

    /// <summary>Null when the folder is not one of an engine.</summary>
    public SqlEngine? Engine => Path.Split('/') is [var folder, _] && Enum.TryParse<SqlEngine>(folder, out var engine) && engine.ToString() == folder ? engine : null;

    /// <summary>The file's name without extension, e.g. <c>0001_usage_logs</c>; null when it is not of that form.</summary>
    public string? Name
    {
        get
        {
            var file = Path.Split('/')[^1];
            var name = file.EndsWith(".sql", StringComparison.Ordinal) ? file[..^4] : "";
            return name.Length > 5 && name[..4].All(char.IsAsciiDigit) && name[4] == '_' && name[5..].All(character => char.IsAsciiLetterLower(character) || char.IsAsciiDigit(character) || character == '_')
                ? name
                : null;
        }
    }

    public int Version => Name is { } name ? int.Parse(name[..4], CultureInfo.InvariantCulture) : 0;
}
