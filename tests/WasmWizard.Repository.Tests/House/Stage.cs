namespace WasmWizard.Repository.Tests.House;

/// <summary>
/// The pieces of the house arrive one after the other, the table of contents of the build last. Until that is there an absent piece
/// is accepted; from then on nothing may be missing.
/// </summary>
internal static class Stage
{
    public static bool IsWhole => File.Exists(Repository.At("build", "Build.cs"));

    public static void Requires(bool present, string piece) =>
        Assert.True(present || !IsWhole, $"{piece} is missing, although build/Build.cs is there");
}
