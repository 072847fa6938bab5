namespace WasmWizard.Repository.Tests.House;

/// <summary>Faults of the repository, shown whole and all at once where xunit would cut them short.</summary>
internal static class Faults
{
    public static void AssertNone(IEnumerable<string> faults)
    {
        var found = faults.ToList();
        Assert.True(found.Count == 0, string.Join('\n', found));
    }
}
