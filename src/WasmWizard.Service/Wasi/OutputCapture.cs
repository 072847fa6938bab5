using System.Buffers;

namespace WasmWizard.Service.Wasi;

/// <summary>A guest's stdout or stderr: grows up to its limit and then takes no more. Its memory is rented.</summary>
internal sealed class OutputCapture(string name, int limitBytes) : IDisposable
{
    private const int FirstBytes = 256;

    private byte[] _bytes = [];
    private int _count;

    public string Name => name;

    public int LimitBytes => limitBytes;

    /// <summary>Valid until <see cref="Dispose"/>.</summary>
    public ReadOnlyMemory<byte> Written => _bytes.AsMemory(0, _count);

    /// <summary>Takes what fits; false when something did not.</summary>
    public bool TryWrite(ReadOnlySpan<byte> bytes)
    {
        var taken = bytes[..Math.Min(bytes.Length, limitBytes - _count)];
        if (taken.Length > _bytes.Length - _count)
            Grow(_count + taken.Length);
        taken.CopyTo(_bytes.AsSpan(_count));
        _count += taken.Length;
        return bytes.Length == taken.Length;
    }

    public void Dispose()
    {
        GiveBack(_bytes);
        (_bytes, _count) = ([], 0);
    }

    private void Grow(int needed)
    {
        var larger = ArrayPool<byte>.Shared.Rent((int)Math.Max(FirstBytes, Math.Max(needed, Math.Min(_bytes.Length * 4L, limitBytes))));
        _bytes.AsSpan(0, _count).CopyTo(larger);
        GiveBack(_bytes);
        _bytes = larger;
    }

    private static void GiveBack(byte[] bytes)
    {
        if (bytes.Length > 0)
            ArrayPool<byte>.Shared.Return(bytes);
    }
}
