using System.Buffers;
using WasmWizard.Delivery.Checking.Shell;
using WasmWizard.Delivery.Checking.Snapshots;

namespace WasmWizard.Delivery.Checking.Reading;

/// <summary>Where the commands of a script stand, as far as its <c>cd</c> say so in plain text.</summary>
public static class WorkingFolders
{
    private static readonly SearchValues<char> Unplain = SearchValues.Create("$`*?~{}<>|&;\\\"'()[]!=:% \t,#");

    /// <summary>Each command with the folder in which it runs; null where that cannot be told.</summary>
    public static IEnumerable<(ShellCommand Command, string? Folder)> Of(Script script, RepositorySnapshot snapshot)
    {
        ArgumentNullException.ThrowIfNull(script);
        ArgumentNullException.ThrowIfNull(snapshot);
        var start = script.Folder;
        var folder = start;
        var outer = new Stack<(int Depth, string? Folder)>();
        foreach (var command in script.Commands)
        {
            while (outer.TryPeek(out var saved) && saved.Depth >= command.Depth)
                folder = outer.Pop().Folder;
            yield return (command, folder);
            if (command.Program is not ["cd" or "pushd", var to, ..])
                continue;
            if (command.Depth > 0 && !(outer.TryPeek(out var known) && known.Depth == command.Depth - 1))
                outer.Push((command.Depth - 1, folder));
            // A function ends without telling: what is not below the folder may stand at the start again.
            folder = folder is null || start is null || !IsPlain(to) || to.StartsWith('/') ? null
                : Existing(snapshot, folder, to) ?? Existing(snapshot, start, to) ?? Existing(snapshot, "", to);
        }
    }

    /// <summary>Nothing in it is put together at run time.</summary>
    public static bool IsPlain(string word)
    {
        ArgumentNullException.ThrowIfNull(word);
        return word.Length > 0 && !word.AsSpan().ContainsAny(Unplain) && !word.StartsWith('-');
    }

    /// <summary>A path below a folder; null when it leaves the repository.</summary>
    public static string? Join(string folder, string path)
    {
        var joined = RepositorySnapshot.Normalize(folder + "/" + path);
        return joined.StartsWith("..", StringComparison.Ordinal) ? null : joined;
    }

    private static string? Existing(RepositorySnapshot snapshot, string folder, string to) => Join(folder, to) is { } path && snapshot.Has(path) ? path : null;
}
