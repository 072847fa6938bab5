namespace WasmWizard.BuildEngine;

/// <summary>Where a build runs. Knows how that place wants blocks, warnings and secrets to be written.</summary>
public abstract class Host
{
    /// <summary>The host of the running build; null outside of one.</summary>
    public static Host? Instance => BuildSession.CurrentOrNull?.Host;

    /// <inheritdoc/>
    public override string ToString() => GetType().Name;

    /// <summary>Begins a target's output; disposing ends it.</summary>
    protected internal abstract IDisposable WriteBlock(string text);

    /// <summary>Shows a warning in the host's own way; nothing where it has none.</summary>
    protected internal virtual void ReportWarning(string text, string? details = null) { }

    /// <summary>Shows an error in the host's own way; nothing where it has none.</summary>
    protected internal virtual void ReportError(string text, string? details = null) { }

    internal virtual string? Annotate(LogLevel level, string message) => null;

    internal virtual void HideSecret(string secret, BuildOutput output) { }

    internal virtual void WriteBuildSummary(string markdown) { }

    private protected static void WriteLine(string text) => BuildSession.Current.Output.WriteLine(text);
}

/// <summary>A host that builds without a person at a terminal.</summary>
public interface IBuildServer
{
    /// <summary>The branch being built, or null.</summary>
    string? Branch { get; }

    /// <summary>The commit being built, or null.</summary>
    string? Commit { get; }
}

/// <summary>A person's machine.</summary>
public sealed class Terminal : Host
{
    /// <inheritdoc/>
    protected internal override IDisposable WriteBlock(string text)
    {
        var output = BuildSession.Current.Output;
        output.WriteLine();
        output.WriteLine(output.Palette.Faint(output.Rule(2)) + " " + output.Palette.Strong(text) + " " + output.Palette.Faint(output.Rule(Math.Max(2, 60 - text.Length))));
        return new BlockEnd(() => { });
    }
}

/// <summary>Runs an action when a block ends.</summary>
internal sealed class BlockEnd(Action end) : IDisposable
{
    public void Dispose() => end();
}
