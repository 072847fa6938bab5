using WasmWizard.Delivery.Checking.Snapshots;

namespace WasmWizard.Delivery.Checking.Tests.Breaks;

/// <summary>A change that a hurried hand might make to this repository, and the rule that has to see it.</summary>
/// <param name="Name">What was done.</param>
/// <param name="Rule">Who finds it.</param>
/// <param name="Path">The file that is changed or added.</param>
/// <param name="Old">Text that is replaced; empty where the file is added or appended to.</param>
/// <param name="New">Text in its place.</param>
internal sealed record Break(string Name, string Rule, string Path, string Old, string New)
{
    /// <summary>Where the finding stands, when it is another file.</summary>
    public string? At { get; init; }

    public RepositorySnapshot Into(RepositorySnapshot whole)
    {
        ArgumentNullException.ThrowIfNull(whole);
        var text = whole.File(Path)?.Text ?? "";
        if (Old.Length > 0 && !text.Contains(Old, StringComparison.Ordinal))
            throw new InvalidOperationException($"{Path} does not hold the text that '{Name}' replaces: {Old}");
        var broken = Old.Length > 0 ? text.Replace(Old, New, StringComparison.Ordinal) : text + New;
        return new(whole.Files.Where(file => file.Path != Path).Append(new(Path, broken)), whole.Branches);
    }

    public override string ToString() => Name;
}
