namespace WasmWizard.Delivery.Compose.Stack;

/// <summary>One service of a stack.</summary>
/// <param name="Name">In Compose and in DNS.</param>
/// <param name="Image">Default reference.</param>
public sealed record StackService(string Name, string Image)
{
    public IReadOnlyList<string> Command { get; init; } = [];

    public IReadOnlyDictionary<string, string> Variables { get; init; } = new Dictionary<string, string>();

    public IReadOnlyList<StackVolume> Volumes { get; init; } = [];

    public IReadOnlyList<StackSecret> Secrets { get; init; } = [];

    /// <summary>Files by path that a deployment writes into the container; by hand they come from the repository's folders.</summary>
    public IReadOnlyDictionary<string, byte[]> Files { get; init; } = new Dictionary<string, byte[]>();

    /// <summary>It is in the control network too.</summary>
    public bool Control { get; init; }

    /// <summary>It is reached from outside; only the proxy is.</summary>
    public bool Publishes { get; init; }

    public long SharedMemoryBytes { get; init; }

    /// <summary>How a variable of the shell replaces the image: POSTGRES_IMAGE and the like.</summary>
    public string ImageVariable => Name.Replace('-', '_').ToUpperInvariant() + "_IMAGE";
}

/// <param name="Source">A named volume, or a folder of the repository that begins with <c>./</c>.</param>
/// <param name="Path">In the container.</param>
public sealed record StackVolume(string Source, string Path)
{
    public bool ReadOnly { get; init; }

    public bool IsFolder => Source.StartsWith("./", StringComparison.Ordinal);
}

/// <param name="Name">In Compose; the file of that name lies in the secrets' folder.</param>
/// <param name="Path">In the container.</param>
public sealed record StackSecret(string Name, string Path);
