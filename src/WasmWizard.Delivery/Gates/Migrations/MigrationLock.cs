namespace WasmWizard.Delivery.Gates.Migrations;

/// <summary>
/// The committed file <c>checksums.lock</c>: one line per migration, <c>sha256  path</c>, ordered by path. Once a line is on the base of the
/// branch the migration may have run somewhere, and neither it nor the line may change any more.
/// </summary>
public static class MigrationLock
{
    public const string FileName = "checksums.lock";

    /// <summary>Checksums by path.</summary>
    /// <exception cref="FormatException">With the line that is none.</exception>
    public static IReadOnlyDictionary<string, string> Parse(string text)
    {
        var entries = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (index, line) in text.ReplaceLineEndings("\n").Split('\n').Index().Where(line => line.Item.Length > 0 && line.Item[0] != '#'))
        {
            var parts = line.Split("  ");
            if (parts.Length != 2 || parts[0].Length != 64 || !parts[0].All(char.IsAsciiHexDigitLower) || !entries.TryAdd(parts[1], parts[0]))
                throw new FormatException($"{FileName}:{index + 1} is not 'sha256  path' for a path of its own: {line}");
        }

        return entries;
    }

    /// <summary>The file for these migrations, except that what the base has locked stays as it is there.</summary>
    public static string Write(IReadOnlyCollection<MigrationFile> files, IReadOnlyDictionary<string, string> based)
    {
        var entries = new SortedDictionary<string, string>(files.ToDictionary(file => file.Path, file => file.Checksum), StringComparer.Ordinal);
        foreach (var (path, checksum) in based)
            entries[path] = checksum;
        return "# Checksums of the migrations; `./build.sh Migrations --lock` adds new ones.\n" + string.Concat(entries.Select(entry => $"{entry.Value}  {entry.Key}\n"));
    }
}
