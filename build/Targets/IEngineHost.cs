/// <summary>What an environment on a container engine takes from files of people, and where its backups go.</summary>
public interface IEngineHost : IWorkspace
{
    [Parameter("PEM file of the certificate that an engine's proxy ends TLS with; default: secrets/tls.crt in the state's folder")]
    string? Certificate => TryGetValue(() => Certificate);

    [Parameter("PEM file of that certificate's key; default: secrets/tls.key in the state's folder")]
    string? CertificateKey => TryGetValue(() => CertificateKey);

    [Parameter("PEM file of the authority that probes trust; default: those that the machine trusts")]
    string? Authority => TryGetValue(() => Authority);

    [Parameter("File with the key that backups are encrypted with; default: backup.key in the state's folder, made at first use")]
    string? BackupKey => TryGetValue(() => BackupKey);

    [Parameter("Folder of another host, mounted here, that gets a copy of each backup")]
    string? BackupCopies => TryGetValue(() => BackupCopies);
}
