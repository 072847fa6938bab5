/// <summary>Programs of this machine: on the PATH, and where distributions keep servers beside it.</summary>
public static class MachineTools
{
    private const string PostgresFolders = "/usr/lib/postgresql";

    /// <summary>The newest PostgreSQL wins; null when there is no such program.</summary>
    public static string? Find(string program) =>
        (EnvironmentInfo.GetVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Concat(Directory.Exists(PostgresFolders) ? Directory.GetDirectories(PostgresFolders).OrderDescending(StringComparer.Ordinal).Select(version => Path.Combine(version, "bin")) : [])
            .Append("/usr/sbin")
            .Select(folder => Path.Combine(folder, program))
            .FirstOrDefault(File.Exists);
}
