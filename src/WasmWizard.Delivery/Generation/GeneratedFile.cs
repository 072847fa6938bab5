namespace WasmWizard.Delivery.Generation;

/// <summary>One file that follows from the strategy, as it has to be, byte for byte.</summary>
public sealed record GeneratedFile
{
    /// <param name="path">Relative to the repository's root, with forward slashes.</param>
    /// <param name="content">UTF-8 without a byte order mark, lines ended by LF, a last newline included.</param>
    /// <exception cref="ArgumentException">The path leaves the repository or the content is not in that form.</exception>
    public GeneratedFile(string path, string content)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        ArgumentNullException.ThrowIfNull(content);
        if (path.StartsWith('/') || path.Contains('\\', StringComparison.Ordinal) || path.Split('/').Any(part => part is "" or "." or ".."))
            throw new ArgumentException($"'{path}' is not a path below the repository's root with forward slashes.", nameof(path));
        if (content.Contains('\r', StringComparison.Ordinal) || !content.EndsWith('\n'))
            throw new ArgumentException($"The content of '{path}' must end its lines, the last one included, with LF.", nameof(content));
        Path = path;
        Content = content;
    }

    public string Path { get; }

    public string Content { get; }
}
