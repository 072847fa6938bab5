using System.Globalization;
using Npgsql;

namespace WasmWizard.Delivery.Postgres.Servers;

/// <summary>
/// A database as DATABASE_URL names it. Holds the password and shows it to nobody by accident: <see cref="ToString"/> tells database, host and port.
/// </summary>
public sealed class PostgresAddress
{
    private const int DefaultPort = 5432;

    /// <summary>Seconds to connect: a server that needs longer is not one to change.</summary>
    private const int ConnectSeconds = 10;

    private PostgresAddress(string host, int port, string user, string? password, string database, SslMode? tls, string? rootCertificate) =>
        (Host, Port, User, Password, Database, Tls, RootCertificate) = (host, port, user, password, database, tls, rootCertificate);

    public string Host { get; }

    public int Port { get; }

    public string User { get; }

    public string Database { get; }

    public string? RootCertificate { get; }

    internal string? Password { get; }

    /// <summary>Null leaves it to the driver, which prefers TLS.</summary>
    internal SslMode? Tls { get; }

    /// <param name="url">postgres://user:password@host:port/database, with sslmode and sslrootcert behind it where wanted.</param>
    /// <exception cref="FormatException">It is not of this form. The message does not repeat it: it is a secret.</exception>
    public static PostgresAddress Parse(string url)
    {
        if (!Uri.TryCreate(url.Trim(), UriKind.Absolute, out var uri) || uri.Scheme is not ("postgres" or "postgresql") || uri.AbsolutePath.Length < 2 || uri.UserInfo.Length == 0)
            throw new FormatException("A URL of the form postgres://user:password@host:port/database is required; what was given is not shown, as it may be secret.");
        var user = uri.UserInfo.Split(':', 2);
        SslMode? tls = null;
        string? root = null;
        foreach (var pair in uri.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries).Select(pair => pair.Split('=', 2)))
        {
            var value = pair.Length > 1 ? Uri.UnescapeDataString(pair[1]) : "";
            if (pair[0] == "sslrootcert")
                root = value;
            else if (pair[0] == "sslmode" && Enum.TryParse<SslMode>(value.Replace("-", "", StringComparison.Ordinal), ignoreCase: true, out var mode))
                tls = mode;
            else
                throw new FormatException($"The parameter '{pair[0]}' of the database's URL is not known, or has a value that is not; sslmode and sslrootcert are.");
        }

        return new(
            uri.Host,
            uri.Port > 0 ? uri.Port : DefaultPort,
            Uri.UnescapeDataString(user[0]),
            user.Length > 1 ? Uri.UnescapeDataString(user[1]) : null,
            Uri.UnescapeDataString(uri.AbsolutePath[1..]),
            tls,
            root);
    }

    /// <summary>Another database of the same server.</summary>
    public PostgresAddress Of(string database) => new(Host, Port, User, Password, database, Tls, RootCertificate);

    /// <summary>The same database, reached by another way, such as a container's address.</summary>
    public PostgresAddress At(string host, int port) => new(host, port, User, Password, Database, Tls, RootCertificate);

    /// <summary>A secret: what a release gets as DATABASE_URL.</summary>
    public string RevealUrl()
    {
        var password = Password is null ? "" : ":" + Uri.EscapeDataString(Password);
        var parameters = new List<string>();
        if (Tls is { } tls)
            parameters.Add($"sslmode={Word(tls)}");
        if (RootCertificate is not null)
            parameters.Add($"sslrootcert={Uri.EscapeDataString(RootCertificate)}");
        var query = parameters.Count == 0 ? "" : "?" + string.Join('&', parameters);
        return string.Create(CultureInfo.InvariantCulture, $"postgres://{Uri.EscapeDataString(User)}{password}@{Host}:{Port}/{Uri.EscapeDataString(Database)}{query}");
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Database} at {Host}:{Port}");

    internal static string Word(SslMode mode) => mode switch
    {
        SslMode.VerifyCA => "verify-ca",
        SslMode.VerifyFull => "verify-full",
        _ => mode.ToString().ToLowerInvariant(),
    };

    internal string ConnectionString()
    {
        var builder = new NpgsqlConnectionStringBuilder
        {
            Host = Host,
            Port = Port,
            Username = User,
            Password = Password,
            Database = Database,
            Timeout = ConnectSeconds,
            CommandTimeout = 0,
            Pooling = false,
            ApplicationName = "wasm-wizard-delivery",
            IncludeErrorDetail = false,
        };
        if (Tls is { } tls)
            builder.SslMode = tls;
        if (RootCertificate is not null)
            builder.RootCertificate = RootCertificate;
        return builder.ConnectionString;
    }
}
