namespace WasmWizard.BuildEngine;

/// <summary>
/// Keeps the output of targets that run at once apart: the oldest one's lines appear as they come, the others' wait and appear as whole blocks.
/// Lines that belong to no target appear at once. Callers take turns.
/// </summary>
internal sealed class OutputBlocks(Action<string> write)
{
    private readonly AsyncLocal<Block?> _current = new();
    private readonly List<Block> _running = [];
    private readonly List<Block> _ended = [];

    public Block Begin()
    {
        var block = new Block();
        _running.Add(block);
        _current.Value = block;
        return block;
    }

    public void Write(string line)
    {
        if (_current.Value is { } block && _running.IndexOf(block) > 0)
            block.Lines.Add(line);
        else
            write(line);
    }

    /// <summary>After the oldest one ends, those that ended meanwhile appear in the order of their ends, then the next oldest takes its place.</summary>
    public void End(Block block)
    {
        var wasOldest = _running[0] == block;
        _running.Remove(block);
        _current.Value = null;
        _ended.Add(block);
        if (!wasOldest)
            return;
        foreach (var ended in _ended)
            Empty(ended);
        _ended.Clear();
        if (_running.Count > 0)
            Empty(_running[0]);
    }

    private void Empty(Block block)
    {
        foreach (var line in block.Lines)
            write(line);
        block.Lines.Clear();
    }

    /// <summary>The lines of one target that wait.</summary>
    internal sealed class Block
    {
        public List<string> Lines { get; } = [];
    }
}

/// <summary>What a terminal shows below the lines while targets run.</summary>
internal interface ILiveView : IDisposable
{
    /// <summary>A line for good, above the view.</summary>
    void WriteLine(string text);

    void Begin(ExecutableTarget target);

    void End(ExecutableTarget target);
}
