namespace WasmWizard.Delivery.SupplyChain;

/// <summary>A folder for the files of one run, deleted with it; two runs never share one.</summary>
internal sealed class WorkFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("wasm-wizard-supply-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
