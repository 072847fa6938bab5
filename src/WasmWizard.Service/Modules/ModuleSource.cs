namespace WasmWizard.Service.Modules;

/// <summary>Which module to run, and where its bytes are when no compiled form of it is at hand.</summary>
public abstract record ModuleSource
{
    private ModuleSource(ModuleHash hash) => Hash = hash;

    public ModuleHash Hash { get; }

    /// <summary>The request carries the bytes: a binary or text.</summary>
    public sealed record Sent(ReadOnlyMemory<byte> Bytes) : ModuleSource(ModuleHash.Of(Bytes.Span));

    /// <summary>The bytes are kept elsewhere and fetched only when neither memory nor disk has the module compiled.</summary>
    /// <param name="Known">The hash that was stored with the bytes.</param>
    /// <param name="LoadAsync">
    /// Answers with exactly the bytes of that hash. No slot is held while it runs; what it throws reaches whoever asked to execute.
    /// </param>
    public sealed record Stored(ModuleHash Known, Func<CancellationToken, Task<ReadOnlyMemory<byte>>> LoadAsync) : ModuleSource(Known);
}
