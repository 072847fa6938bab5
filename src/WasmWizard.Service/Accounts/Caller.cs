namespace WasmWizard.Service.Accounts;

/// <summary>Who sends a request.</summary>
/// <param name="KeyId">Null for anonymous callers.</param>
/// <param name="Address">An anonymous client's address as text; null for others.</param>
public sealed record Caller(string UserId, string? KeyId, Role Role, Tier Tier, string? Address)
{
    /// <summary>The user that everybody without a key is.</summary>
    public const string Anonymous = "anonymous";

    public bool IsAnonymous => KeyId is null;

    /// <summary>Who shares limits with whom: a key, or without one an address.</summary>
    public string LimitKey { get; } = KeyId is null ? $"address:{Address}" : $"key:{KeyId}";
}
