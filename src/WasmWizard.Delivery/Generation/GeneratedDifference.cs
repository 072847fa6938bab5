namespace WasmWizard.Delivery.Generation;

/// <summary>One way in which the repository's files differ from what the definition generates.</summary>
public abstract record GeneratedDifference
{
    private GeneratedDifference(string path) => Path = path;

    /// <summary>Relative to the repository's root, with forward slashes.</summary>
    public string Path { get; }

    /// <summary>Observed, required and what to type, in one line.</summary>
    public abstract string Message { get; }

    /// <summary>A generated file is not there.</summary>
    public sealed record Missing(string At) : GeneratedDifference(At)
    {
        public override string Message => $"{Path}: missing; `{GeneratedHeader.Command}` writes it.";
    }

    /// <summary>A generated file has other bytes than it would have now.</summary>
    /// <param name="At">The file.</param>
    /// <param name="Line">The first line that differs, counted from 1.</param>
    /// <param name="Expected">That line as generated; null when the generated file ends before it.</param>
    /// <param name="Found">That line as found, invisible characters spelled out; null when the file ends before it.</param>
    public sealed record Stale(string At, int Line, string? Expected, string? Found) : GeneratedDifference(At)
    {
        public override string Message =>
            $"{Path}:{Line}: found {Quote(Found)}, generated {Quote(Expected)}; change the source and run `{GeneratedHeader.Command}`.";

        private static string Quote(string? line) => line is null ? "the end of the file" : $"'{line}'";
    }

    /// <summary>A file bears our header and nothing generates it any more.</summary>
    public sealed record Unexpected(string At) : GeneratedDifference(At)
    {
        public override string Message => $"{Path}: bears the header of a generated file, but nothing generates it; `{GeneratedHeader.Command}` deletes it.";
    }
}
