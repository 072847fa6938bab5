namespace WasmWizard.Service.Accounts;

/// <summary>Ids of rows: version 7 UUIDs without hyphens, which sort by the time they were made.</summary>
internal static class Ids
{
    public static string New(TimeProvider clock) => Guid.CreateVersion7(clock.GetUtcNow()).ToString("N");
}
