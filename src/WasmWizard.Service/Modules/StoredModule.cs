namespace WasmWizard.Service.Modules;

/// <summary>A module that its owner keeps here, without its bytes.</summary>
public sealed record StoredModule(
    string Id, string OwnerId, string Name, string Description, bool IsPublic, string Sha256, long SizeBytes, DateTimeOffset UploadTime);
