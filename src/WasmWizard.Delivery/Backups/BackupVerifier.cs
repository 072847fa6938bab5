using WasmWizard.Delivery.Releases;

namespace WasmWizard.Delivery.Backups;

/// <summary>Compares what was backed up with what came back. An empty comparison proves nothing and is refused.</summary>
public static class BackupVerifier
{
    /// <param name="source">Taken from the very snapshot that was archived.</param>
    /// <param name="restored">Taken from the scratch database that the archive was restored into.</param>
    /// <param name="receipt">The archive's facts; its content must be <paramref name="restored"/>.</param>
    /// <param name="sequencesAfter">
    /// The source's sequences after it was archived; null where they belong to the snapshot. PostgreSQL's do not: writers move them on while the
    /// archive is written, so what came back must lie between what they were before and after.
    /// </param>
    public static BackupVerdict Verify(
        DatabaseFingerprint source, DatabaseFingerprint restored, BackupReceipt receipt, IReadOnlyDictionary<string, long>? sequencesAfter = null)
    {
        source = source with { Sequences = Narrow(source.Sequences, restored.Sequences, sequencesAfter ?? source.Sequences) };
        var differences = new List<string>();
        if (source.Tables.Count == 0)
        {
            differences.Add("the source has no table, so nothing was compared");
        }

        if (receipt.Bytes <= 0)
        {
            differences.Add($"the archive has {receipt.Bytes} bytes");
        }

        differences.AddRange(Differences(source, restored, "restored"));
        differences.AddRange(Differences(restored, receipt.Content, "written in the receipt"));
        return Judge(differences, receipt);
    }

    /// <summary>Believes a receipt of an earlier process only for the very bytes that it was written for.</summary>
    /// <param name="receipt">As read from beside the archive.</param>
    /// <param name="archive">Digest of the archive's bytes as they are now.</param>
    /// <param name="bytes">Size of the archive as it is now.</param>
    public static BackupVerdict VerifyAgain(BackupReceipt receipt, Digest archive, long bytes)
    {
        var differences = new List<string>();
        if (receipt.Content.Tables.Count == 0)
        {
            differences.Add("the receipt names no table");
        }

        if (bytes != receipt.Bytes)
        {
            differences.Add($"the archive has {bytes} bytes; required: {receipt.Bytes}");
        }

        if (archive != receipt.Archive)
        {
            differences.Add($"the archive's digest is {archive}; required: {receipt.Archive}");
        }

        return Judge(differences, receipt);
    }

    private static BackupVerdict Judge(List<string> differences, BackupReceipt receipt) => differences.Count == 0
        ? new BackupVerdict.Verified(new VerifiedBackup(receipt))
        : new BackupVerdict.Refused(differences);

    private static IEnumerable<string> Differences(DatabaseFingerprint required, DatabaseFingerprint observed, string verb)
    {
        if (observed.SchemaHash != required.SchemaHash)
        {
            yield return $"schema {observed.SchemaHash} {verb}; required: {required.SchemaHash}";
        }

        foreach (var difference in Compare(Tables(required), Tables(observed), "table", verb)
            .Concat(Compare(required.Sequences, observed.Sequences, "sequence", verb))
            .Concat(Compare(Names(required), Names(observed), "extension", verb)))
        {
            yield return difference;
        }
    }

    private static IEnumerable<string> Compare<T>(
        IReadOnlyDictionary<string, T> required, IReadOnlyDictionary<string, T> observed, string what, string verb)
    {
        foreach (var name in required.Keys.Union(observed.Keys).Order(StringComparer.Ordinal))
        {
            var isRequired = required.TryGetValue(name, out var wanted);
            var isObserved = observed.TryGetValue(name, out var found);
            if (isRequired && isObserved && !EqualityComparer<T>.Default.Equals(wanted, found))
            {
                yield return $"{what} {name}: {found} {verb}; required: {wanted}";
            }
            else if (isRequired != isObserved)
            {
                yield return isRequired ? $"{what} {name} is not {verb}" : $"{what} {name} is {verb} and was not in the source";
            }
        }
    }

    private static Dictionary<string, string> Tables(DatabaseFingerprint database) =>
        database.Tables.Concat(database.LargeObjects is { } objects ? [objects] : []).ToDictionary(table => table.Name, table => $"{table.Rows} rows with hash {table.Hash}", StringComparer.Ordinal);

    /// <summary>For each sequence the value that came back, when it is one that the sequence had meanwhile; else the one before.</summary>
    private static Dictionary<string, long> Narrow(
        IReadOnlyDictionary<string, long> before, IReadOnlyDictionary<string, long> restored, IReadOnlyDictionary<string, long> after) =>
        before.ToDictionary(
            sequence => sequence.Key,
            sequence => restored.TryGetValue(sequence.Key, out var came) && after.TryGetValue(sequence.Key, out var last)
                && came >= Math.Min(sequence.Value, last) && came <= Math.Max(sequence.Value, last)
                ? came
                : sequence.Value,
            StringComparer.Ordinal);

    private static Dictionary<string, bool> Names(DatabaseFingerprint database) =>
        database.Extensions.Distinct(StringComparer.Ordinal).ToDictionary(name => name, _ => true, StringComparer.Ordinal);
}
