using System.ComponentModel;
using System.Text;
using CliWrap;

namespace WasmWizard.Delivery.Checking.Snapshots;

/// <summary>
/// Reads a checkout: what git tracks, and what it would track once it is added. Works in worktrees, shallow clones, with a detached HEAD
/// and before the first commit. Links are not followed, what they point at may lie outside. Nothing is changed and no hook runs.
/// </summary>
public static class GitCheckout
{
    private const string Next = "./build.sh Check --repository PATH of a checkout";

    /// <param name="folder">The root of the checkout, or a folder in it.</param>
    /// <param name="cancellation">Ends the reading.</param>
    public static async Task<CheckoutReading> Read(string folder, CancellationToken cancellation = default)
    {
        if (!Directory.Exists(folder))
            return new CheckoutReading.NoCheckout(new("WW6900", $"there is no folder {folder}", "the folder of a git checkout", Next));
        try
        {
            return (await Ask(folder, cancellation, "rev-parse", "--show-toplevel"))?.TrimEnd('\n') is { Length: > 0 } root
                ? new CheckoutReading.Read(new(await Files(root, cancellation), await Branches(root, cancellation)))
                : new CheckoutReading.NoCheckout(new("WW6901", $"{folder} is no checkout of git", "a folder that git init or git clone made", Next));
        }
        catch (Win32Exception)
        {
            return new CheckoutReading.NoCheckout(new("WW6902", "git cannot be started", "git on the PATH", "git --version"));
        }
    }

    private static async Task<List<SourceFile>> Files(string root, CancellationToken cancellation)
    {
        var files = new Dictionary<string, SourceFile>(StringComparer.Ordinal);
        var tracked = await Ask(root, cancellation, "ls-files", "-z", "--stage") ?? "";
        var others = await Ask(root, cancellation, "ls-files", "-z", "--others", "--exclude-standard") ?? "";
        // 100644 and 100755 are files; 120000 is a link, 160000 another repository.
        var paths = Entries(tracked).Where(entry => entry.StartsWith("100", StringComparison.Ordinal)).Select(entry => entry[(entry.IndexOf('\t', StringComparison.Ordinal) + 1)..])
            .Concat(Entries(others).Where(path => !path.EndsWith('/')));
        foreach (var path in paths)
        {
            if (!files.ContainsKey(path) && ReadText(root, path) is { } text)
                files.Add(path, new(path, text));
        }

        return [.. files.Values];

        static string[] Entries(string listing) => listing.Split('\0', StringSplitOptions.RemoveEmptyEntries);
    }

    /// <summary>Null for what was deleted in the working tree or lies behind a link; empty for what is no text.</summary>
    private static string? ReadText(string root, string path)
    {
        var file = new FileInfo(Path.Combine(root, path));
        if (!file.Exists || file.LinkTarget is not null || IsBehindLink(root, file.Directory))
            return null;
        if (file.Length > RepositorySnapshot.MaxFileBytes)
            return "";
        try
        {
            var bytes = File.ReadAllBytes(file.FullName);
            return bytes.AsSpan(0, Math.Min(bytes.Length, 8000)).Contains((byte)0) ? "" : Encoding.UTF8.GetString(bytes).TrimStart('\uFEFF');
        }
        catch (Exception unread) when (unread is IOException or UnauthorizedAccessException)
        {
            // Known by name: that it is there is a fact, what it says is not.
            return "";
        }
    }

    private static bool IsBehindLink(string root, DirectoryInfo? folder)
    {
        for (; folder is not null && folder.FullName.Length > root.Length; folder = folder.Parent)
        {
            if (folder.LinkTarget is not null)
                return true;
        }

        return false;
    }

    private static async Task<BranchFacts> Branches(string root, CancellationToken cancellation)
    {
        var references = await Ask(root, cancellation, "for-each-ref", "--format=%(refname)", "refs/heads", "refs/remotes") ?? "";
        var names = references.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(Name).Where(name => name is not ("" or "HEAD")).ToHashSet();
        var shallow = (await Ask(root, cancellation, "rev-parse", "--is-shallow-repository"))?.Trim() == "true";
        var fetched = (await Ask(root, cancellation, "config", "--get-regexp", @"^remote\..*\.fetch$") ?? "").Trim();
        // Without a remote, or where only one branch was fetched, others may exist elsewhere.
        var everything = references.Contains("refs/remotes/", StringComparison.Ordinal) && fetched.Contains("refs/heads/*", StringComparison.Ordinal);
        return new(names, !shallow && everything);
    }

    private static string Name(string reference) => reference.StartsWith("refs/heads/", StringComparison.Ordinal)
        ? reference["refs/heads/".Length..]
        : string.Join('/', reference.Split('/').Skip(3));

    /// <summary>Null when git says no. Variables that point git at another repository are taken away.</summary>
    private static async Task<string?> Ask(string folder, CancellationToken cancellation, params string[] arguments)
    {
        using var output = new MemoryStream();
        var result = await Cli.Wrap("git")
            .WithArguments(["-c", "core.fsmonitor=false", "-c", "safe.directory=*", .. arguments])
            .WithWorkingDirectory(folder)
            .WithEnvironmentVariables(new Dictionary<string, string?> { ["GIT_DIR"] = null, ["GIT_WORK_TREE"] = null, ["GIT_INDEX_FILE"] = null, ["GIT_OPTIONAL_LOCKS"] = "0" })
            .WithValidation(CommandResultValidation.None)
            .WithStandardOutputPipe(PipeTarget.ToStream(output))
            .ExecuteAsync(cancellation);
        return result.ExitCode == 0 ? Encoding.UTF8.GetString(output.ToArray()) : null;
    }
}
