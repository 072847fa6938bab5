using System.Buffers.Binary;

namespace WasmWizard.Service.Wasi;

/// <summary>
/// The guest's linear memory for the time of one host call. Every access is checked against its length; a pointer that does
/// not fit is an answer (false), never an exception. Addresses arrive as signed 32-bit values and are taken as unsigned.
/// </summary>
internal readonly ref struct GuestMemory(Span<byte> bytes)
{
    private readonly Span<byte> _bytes = bytes;

    public int Length => _bytes.Length;

    public bool TrySlice(int address, int length, out Span<byte> slice)
    {
        ulong start = (uint)address;
        ulong count = (uint)length;
        if (start + count > (ulong)_bytes.Length)
        {
            slice = default;
            return false;
        }

        slice = _bytes.Slice((int)start, (int)count);
        return true;
    }

    /// <summary>Element <paramref name="index"/> of an array of structures of <paramref name="size"/> bytes.</summary>
    public bool TryElement(int address, int index, int size, out Span<byte> slice)
    {
        var start = (uint)address + ((ulong)(uint)index * (ulong)size);
        if (start > uint.MaxValue)
        {
            slice = default;
            return false;
        }

        return TrySlice(unchecked((int)(uint)start), size, out slice);
    }

    public bool TryWriteInt32(int address, int value)
    {
        if (!TrySlice(address, sizeof(int), out var slice))
            return false;
        BinaryPrimitives.WriteInt32LittleEndian(slice, value);
        return true;
    }

    public bool TryWriteUInt64(int address, ulong value)
    {
        if (!TrySlice(address, sizeof(ulong), out var slice))
            return false;
        BinaryPrimitives.WriteUInt64LittleEndian(slice, value);
        return true;
    }

    public bool TryWrite(int address, ReadOnlySpan<byte> value)
    {
        if (!TrySlice(address, value.Length, out var slice))
            return false;
        value.CopyTo(slice);
        return true;
    }
}
