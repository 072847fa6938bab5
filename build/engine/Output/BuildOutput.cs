namespace WasmWizard.BuildEngine;

/// <summary>The text for people: one writer, whole lines, secrets masked, colour only where it is seen as such.</summary>
internal sealed class BuildOutput(TextWriter people, TextWriter? document, bool isTerminal, BuildInvocation invocation, Redactor? redactor = null)
{
    private readonly Lock _lock = new();
    private OutputBlocks? _blocks;
    private ILiveView? _live;

    public Redactor Redactor { get; } = redactor ?? new Redactor();

    public Palette Palette { get; } = isTerminal && invocation.Variable("NO_COLOR") is null && invocation.Variable("TERM") != "dumb" ? Palette.Colourful : Palette.Plain;

    /// <summary>Whether <c>--json</c> was given.</summary>
    public bool IsJson => document is not null;

    /// <summary>The writer itself, for what draws on a terminal.</summary>
    public TextWriter People => people;

    /// <summary>Columns of the terminal; null where there is none, or where it does not say.</summary>
    public int? Columns => isTerminal ? invocation.Columns() : null;

    /// <summary>A rule of the wanted width, in what the writer's encoding can carry.</summary>
    public string Rule(int width) => new(HasBoxes ? '─' : '-', width);

    /// <summary>Whether the writer's encoding carries lines and corners.</summary>
    public bool HasBoxes => people.Encoding.CodePage is 65001 or 1200;

    /// <summary>Whether a view that is drawn again and again makes sense here: where colour does.</summary>
    public bool IsTerminal => Palette == Palette.Colourful;

    public void WriteLine(string text = "")
    {
        var safe = Redactor.Redact(text);
        lock (_lock)
            if (_blocks is null)
                WriteNow(safe);
            else
                _blocks.Write(safe);
    }

    /// <summary>For the one command that tells a host what to mask.</summary>
    public void WriteUnmasked(string text)
    {
        lock (_lock)
            WriteNow(text);
    }

    /// <summary>From here on targets may run at once: each one's output stays together. Disposing goes back to lines as they come.</summary>
    /// <param name="live">What is shown below the lines meanwhile, or null.</param>
    public IDisposable SeparateTargets(ILiveView? live)
    {
        lock (_lock)
            (_blocks, _live) = (new OutputBlocks(WriteNow), live);
        return new BlockEnd(() =>
        {
            live?.Dispose();
            lock (_lock)
                (_blocks, _live) = (null, null);
        });
    }

    /// <summary>What this flow of execution writes from here on belongs to the target. Disposing ends its output.</summary>
    public IDisposable BeginBlock(ExecutableTarget target)
    {
        lock (_lock)
        {
            var block = _blocks?.Begin();
            _live?.Begin(target);
            return new BlockEnd(() =>
            {
                lock (_lock)
                {
                    _live?.End(target);
                    if (block is not null)
                        _blocks?.End(block);
                }
            });
        }
    }

    private void WriteNow(string text)
    {
        if (_live is null)
            people.WriteLine(text);
        else
            _live.WriteLine(text);
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
