using WasmWizard.Delivery.Checking.Snapshots;

namespace WasmWizard.Delivery.Checking.Reading;

/// <summary>A place that needs a file or a folder of the repository.</summary>
/// <param name="File">Where it stands.</param>
/// <param name="Line">From 1.</param>
/// <param name="Path">As it is written.</param>
/// <param name="Bases">Folders below which it may lie; one is enough.</param>
/// <param name="By">What needs it, in a few words.</param>
public sealed record FileReference(SourceFile File, int Line, string Path, IReadOnlyList<string> Bases, string By)
{
    /// <summary>The line that promises it; null where the place itself does.</summary>
    public string? Promised { get; init; }
}
