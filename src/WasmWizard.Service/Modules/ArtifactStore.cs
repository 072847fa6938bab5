using System.Security.Cryptography;

namespace WasmWizard.Service.Modules;

/// <summary>
/// Compiled modules as sealed files under the data path, so that a restart or another replica of the path does not compile again.
/// Bounded by bytes, least recently used out first. Losing it costs time only: what cannot be read or written is counted and compiled.
/// </summary>
/// <param name="rejected">Told each time a file could not be used or kept.</param>
internal sealed class ArtifactStore(string folder, ArtifactSeal seal, long maxBytes, Action<ArtifactFault> rejected)
{
    private const string Extension = ".artifact";

    /// <summary>After a sweep this share is left, so that not every new module sweeps.</summary>
    private const double KeptShare = 0.9;

    private readonly Lock _sweeping = new();
    private long _bytes = Files(folder).Sum(file => file.Length);

    /// <summary>Opens or makes the folder and its key, readable by this user only.</summary>
    /// <exception cref="IOException">The folder or the key cannot be made or read.</exception>
    public static ArtifactStore Open(string folder, string maker, long maxBytes, Action<ArtifactFault> rejected)
    {
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(folder);
        else
            Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return new ArtifactStore(folder, new ArtifactSeal(KeyOf(folder), maker), maxBytes, rejected);
    }

    /// <summary>The machine code of a module; null when there is none that may be run.</summary>
    public ReadOnlyMemory<byte>? Find(ModuleHash hash)
    {
        var path = PathOf(hash);
        try
        {
            if (!File.Exists(path))
                return null;
            var fault = seal.TryOpen(hash, File.ReadAllBytes(path), out var code);
            if (fault is not null)
            {
                Reject(hash, fault.Value);
                return null;
            }

            File.SetLastWriteTimeUtc(path, DateTime.UtcNow);
            return code;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            rejected(ArtifactFault.Failed);
            return null;
        }
    }

    /// <summary>Counts a file that could not be used and takes it away.</summary>
    public void Reject(ModuleHash hash, ArtifactFault fault)
    {
        rejected(fault);
        try
        {
            File.Delete(PathOf(hash));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            rejected(ArtifactFault.Failed);
        }
    }

    /// <summary>Whole or not at all: written beside its place and renamed.</summary>
    public void Keep(ModuleHash hash, ReadOnlySpan<byte> code)
    {
        if (code.Length > maxBytes)
            return;
        var draft = Path.Combine(folder, $"{Guid.NewGuid():N}.draft");
        try
        {
            var bytes = seal.Close(hash, code);
            File.WriteAllBytes(draft, bytes);
            File.Move(draft, PathOf(hash), overwrite: true);
            if (Interlocked.Add(ref _bytes, bytes.Length) > maxBytes)
                Sweep();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            rejected(ArtifactFault.Failed);
            TryDelete(draft);
        }
    }

    private void Sweep()
    {
        lock (_sweeping)
        {
            var files = Files(folder).OrderBy(file => file.LastWriteTimeUtc).ToList();
            var left = files.Sum(file => file.Length);
            foreach (var file in files.TakeWhile(_ => left > maxBytes * KeptShare))
            {
                left -= file.Length;
                TryDelete(file.FullName);
            }

            Interlocked.Exchange(ref _bytes, left);
        }
    }

    private void TryDelete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            rejected(ArtifactFault.Failed);
        }
    }

    private string PathOf(ModuleHash hash) => Path.Combine(folder, hash + Extension);

    private static IEnumerable<FileInfo> Files(string folder) => new DirectoryInfo(folder).EnumerateFiles($"*{Extension}");

    /// <summary>Made once and never in place: of two processes that start at the same time the first one's key stands.</summary>
    private static byte[] KeyOf(string folder)
    {
        var path = Path.Combine(folder, "seal.key");
        if (!File.Exists(path) || new FileInfo(path).Length != ArtifactSeal.KeyBytes)
            MakeKey(path);
        return File.ReadAllBytes(path);
    }

    private static void MakeKey(string path)
    {
        var draft = $"{path}.{Guid.NewGuid():N}";
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var file = new FileStream(draft, options))
            file.Write(RandomNumberGenerator.GetBytes(ArtifactSeal.KeyBytes));
        if (File.Exists(path) && new FileInfo(path).Length != ArtifactSeal.KeyBytes)
            File.Delete(path);
        try
        {
            File.Move(draft, path, overwrite: false);
        }
        catch (IOException) when (File.Exists(path))
        {
            File.Delete(draft);
        }
    }
}
