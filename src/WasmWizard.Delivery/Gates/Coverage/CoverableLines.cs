using System.Reflection.Metadata;

namespace WasmWizard.Delivery.Gates.Coverage;

/// <summary>Counts the lines of an assembly that a test could reach, from its portable PDB.</summary>
public static class CoverableLines
{
    /// <summary>Distinct source lines on which a visible sequence point starts.</summary>
    /// <exception cref="BadImageFormatException">The stream is no portable PDB.</exception>
    public static int Count(Stream portablePdb)
    {
        using var provider = MetadataReaderProvider.FromPortablePdbStream(portablePdb, MetadataStreamOptions.LeaveOpen);
        var reader = provider.GetMetadataReader();
        return reader.MethodDebugInformation
            .SelectMany(handle => reader.GetMethodDebugInformation(handle).GetSequencePoints())
            .Where(point => !point.IsHidden)
            .Select(point => (point.Document, point.StartLine))
            .Distinct()
            .Count();
    }
}
