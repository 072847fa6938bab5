using Npgsql;

namespace WasmWizard.Service.Data;

/// <summary>The URL form of DATABASE_URL as the driver wants it.</summary>
public static class PostgresUrl
{
    private const int DefaultPort = 5432;

    /// <summary>Seconds to connect: less than a readiness probe has patience.</summary>
    private const int ConnectSeconds = 2;

    /// <summary>Connections of one instance; three instances stay well below PostgreSQL's default of 100.</summary>
    private const int PoolSize = 24;

    /// <exception cref="FormatException">The text is no URL of this form. The message never repeats it: it is a secret.</exception>
    public static string ToConnectionString(string url)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var uri) || uri.Scheme is not ("postgres" or "postgresql"))
            throw new FormatException("A URL of the form postgres://user:password@host:port/database is required.");
        var user = uri.UserInfo.Split(':', 2);
        var builder = new NpgsqlConnectionStringBuilder
        {
            Host = uri.Host,
            Port = uri.Port > 0 ? uri.Port : DefaultPort,
            Username = Uri.UnescapeDataString(user[0]),
            Password = user.Length > 1 ? Uri.UnescapeDataString(user[1]) : null,
            Database = Uri.UnescapeDataString(uri.AbsolutePath.TrimStart('/')),
            Timeout = ConnectSeconds,
            MaxPoolSize = PoolSize,
            MaxAutoPrepare = 32,
            ApplicationName = "wasm-wizard",
            IncludeErrorDetail = false,
        };
        foreach (var pair in uri.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
            Apply(builder, pair.Split('=', 2));
        return builder.ConnectionString;
    }

    /// <summary>The parameters of libpq's URLs that deployments use; what is unknown to the driver is a fault, not a silence.</summary>
    private static void Apply(NpgsqlConnectionStringBuilder builder, string[] pair)
    {
        var value = pair.Length > 1 ? Uri.UnescapeDataString(pair[1]) : "";
        switch (pair[0])
        {
            case "sslmode":
                builder.SslMode = Enum.TryParse<SslMode>(value.Replace("-", "", StringComparison.Ordinal), ignoreCase: true, out var mode)
                    ? mode
                    : throw new FormatException($"The parameter sslmode of DATABASE_URL has no value \"{value}\"; disable, prefer, require, verify-ca or verify-full is required.");
                break;
            case "sslrootcert":
                builder.RootCertificate = value;
                break;
            case "host":
                builder.Host = value;
                break;
            default:
                throw new FormatException($"The parameter \"{pair[0]}\" of DATABASE_URL is not known; sslmode, sslrootcert and host are.");
        }
    }
}
