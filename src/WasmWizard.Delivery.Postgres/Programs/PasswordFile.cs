using System.Text;
using WasmWizard.Delivery.Local.Protocol.Files;
using WasmWizard.Delivery.Postgres.Servers;

namespace WasmWizard.Delivery.Postgres.Programs;

/// <summary>How libpq's programs learn where to connect: variables for the address, a file that only its owner reads for the password. Gone when disposed.</summary>
internal sealed class PasswordFile : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("wasm-wizard-pgpass-").FullName;

    public PasswordFile(PostgresAddress address)
    {
        var file = Path.Combine(_folder, "pgpass");
        AtomicFile.Write(file, Encoding.UTF8.GetBytes($"*:*:*:*:{Escape(address.Password ?? "")}\n"));
        Variables = new Dictionary<string, string?>
        {
            ["PGHOST"] = address.Host,
            ["PGPORT"] = address.Port.ToString(System.Globalization.CultureInfo.InvariantCulture),
            ["PGUSER"] = address.User,
            ["PGDATABASE"] = address.Database,
            ["PGPASSFILE"] = file,
            ["PGCONNECT_TIMEOUT"] = "10",
            ["PGAPPNAME"] = "wasm-wizard-delivery",
            ["PGSSLMODE"] = address.Tls is { } tls ? PostgresAddress.Word(tls) : null,
            ["PGSSLROOTCERT"] = address.RootCertificate,
            // What a person set for other work must not point these programs elsewhere.
            ["PGPASSWORD"] = null,
            ["PGSERVICE"] = null,
            ["PGHOSTADDR"] = null,
            ["PGOPTIONS"] = null,
        };
    }

    public IReadOnlyDictionary<string, string?> Variables { get; }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static string Escape(string password) => password.Replace("\\", "\\\\", StringComparison.Ordinal).Replace(":", "\\:", StringComparison.Ordinal);
}
