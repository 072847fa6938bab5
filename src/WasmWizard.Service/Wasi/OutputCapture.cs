using System.Buffers;

namespace WasmWizard.Service.Wasi;

/// <summary>A guest's stdout or stderr: grows up to its limit and then takes no more.</summary>
internal sealed class OutputCapture(string name, int limitBytes)
{
    private readonly ArrayBufferWriter<byte> _written = new();

    public string Name => name;

    public int LimitBytes => limitBytes;

    public ReadOnlyMemory<byte> Written => _written.WrittenMemory;

    /// <summary>Takes what fits; false when something did not.</summary>
    public bool TryWrite(ReadOnlySpan<byte> bytes)
    {
        var room = limitBytes - _written.WrittenCount;
        _written.Write(bytes[..Math.Min(bytes.Length, room)]);
        return bytes.Length <= room;
    }
}
