namespace WasmWizard.BuildEngine;

/// <summary>The text for people: one writer, whole lines, secrets masked, colour only where it is seen as such.</summary>
internal sealed class BuildOutput(TextWriter people, TextWriter? document, bool isTerminal, BuildInvocation invocation, Redactor? redactor = null)
{
    private readonly Lock _lock = new();

    public Redactor Redactor { get; } = redactor ?? new Redactor();

    public Palette Palette { get; } = isTerminal && invocation.Variable("NO_COLOR") is null && invocation.Variable("TERM") != "dumb" ? Palette.Colourful : Palette.Plain;

    /// <summary>Whether <c>--json</c> was given.</summary>
    public bool IsJson => document is not null;

    /// <summary>A rule of the wanted width, in what the writer's encoding can carry.</summary>
    public string Rule(int width) => new(people.Encoding.CodePage is 65001 or 1200 ? '─' : '-', width);

    public void WriteLine(string text = "")
    {
        var safe = Redactor.Redact(text);
        lock (_lock)
            people.WriteLine(safe);
    }

    /// <summary>For the one command that tells a host what to mask.</summary>
    public void WriteUnmasked(string text)
    {
        lock (_lock)
            people.WriteLine(text);
    }

    public void WriteDocument(string json)
    {
        document?.WriteLine(Redactor.Redact(json));
        document?.Flush();
    }

    public void Flush()
    {
        lock (_lock)
            people.Flush();
    }

    public static BuildOutput Create(BuildInvocation invocation, bool json) => json
        ? new BuildOutput(invocation.StandardError, invocation.StandardOutput, invocation.ErrorIsTerminal, invocation)
        : new BuildOutput(invocation.StandardOutput, null, invocation.OutputIsTerminal, invocation);
}
