using System.Diagnostics;
using System.Formats.Tar;
using System.Text;
using WasmWizard.Delivery.Compose.Engine;

namespace WasmWizard.Delivery.Compose.Tests.Fixtures;

/// <summary>An image of nothing but files of this machine and the libraries that its programs load: nothing is pulled.</summary>
internal sealed class ScratchImage
{
    private readonly SortedDictionary<string, (string? From, byte[]? Content, UnixFileMode Mode, int Owner)> _files = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, (UnixFileMode Mode, int Owner)> _folders = new(StringComparer.Ordinal);
    private readonly List<string> _changes = [];

    private const UnixFileMode Readable = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
    private const UnixFileMode Executable = Readable | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    /// <summary>A program with every library that it loads.</summary>
    public ScratchImage Program(string path, string? at = null)
    {
        Add(at ?? path, path);
        return Libraries(path);
    }

    /// <summary>The libraries that a file loads, at their places.</summary>
    public ScratchImage Libraries(string path)
    {
        foreach (var line in Output("ldd", path).Split('\n'))
        {
            var words = line.Trim().Split(' ');
            var library = words is [_, "=>", var found, ..] && found.StartsWith('/') ? found : words[0].StartsWith('/') ? words[0] : null;
            if (library is not null)
                Add(library, library);
        }

        return this;
    }

    public ScratchImage Tree(string folder, string at, Func<string, bool>? wanted = null)
    {
        foreach (var file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
        {
            var relative = Path.GetRelativePath(folder, file);
            if (wanted?.Invoke(relative) != false)
                Add(Path.Combine(at, relative), file);
        }

        return this;
    }

    public ScratchImage Text(string at, string content, bool executable = false)
    {
        _files[at.TrimStart('/')] = (null, Encoding.UTF8.GetBytes(content), executable ? Executable : Readable, 0);
        return this;
    }

    public ScratchImage Folder(string at, int owner, UnixFileMode mode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute)
    {
        _folders[at.TrimStart('/')] = (mode, owner);
        return this;
    }

    /// <summary>In a Dockerfile's words, e.g. <c>USER 99</c>.</summary>
    public ScratchImage Change(string instruction)
    {
        _changes.Add(instruction);
        return this;
    }

    public async Task ImportAsync(EngineClient engine, string name, string folder)
    {
        var file = Path.Combine(folder, Path.GetRandomFileName());
        await using var tar = new FileStream(file, FileMode.Create, FileAccess.ReadWrite, FileShare.None, 1 << 16, FileOptions.DeleteOnClose);
        await using (var writer = new TarWriter(tar, TarEntryFormat.Pax, leaveOpen: true))
        {
            foreach (var (path, (mode, owner)) in _folders)
                await writer.WriteEntryAsync(new PaxTarEntry(TarEntryType.Directory, path) { Mode = mode, Uid = owner, Gid = owner });
            foreach (var (path, (from, content, mode, owner)) in _files)
            {
                await using Stream data = from is null ? new MemoryStream(content!) : File.OpenRead(from);
                await writer.WriteEntryAsync(new PaxTarEntry(TarEntryType.RegularFile, path) { Mode = mode, Uid = owner, Gid = owner, DataStream = data });
            }
        }

        tar.Position = 0;
        var changes = string.Concat(_changes.Select(change => $"&changes={Uri.EscapeDataString(change)}"));
        var parts = name.Split(':');
        await engine.Send(HttpMethod.Post, $"/images/create?fromSrc=-&repo={parts[0]}&tag={parts[1]}{changes}", tar, CancellationToken.None);
    }

    /// <summary>Links are followed: the image holds the file under the name that was asked for. What leads nowhere is left out.</summary>
    private void Add(string at, string from)
    {
        if (!File.Exists(from))
            return;
        var executable = !OperatingSystem.IsWindows() && (File.GetUnixFileMode(from) & UnixFileMode.UserExecute) != 0;
        _files[at.TrimStart('/')] = (from, null, executable ? Executable : Readable, 0);
    }

    private static string Output(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        _ = errors;
        return output;
    }
}
