using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace WasmWizard.Repository.Tests.House;

/// <summary>Reads an assembly as a file, without loading it.</summary>
internal static class AssemblyFile
{
    public static IReadOnlyList<string> References(string path)
    {
        using var stream = File.OpenRead(path);
        using var image = new PEReader(stream);
        var metadata = image.GetMetadataReader();
        return [.. metadata.AssemblyReferences.Select(handle => metadata.GetString(metadata.GetAssemblyReference(handle).Name))];
    }
}
