using System.Buffers.Binary;

namespace WasmWizard.Service.Wasi;

/// <summary>Reading, writing and asking about the three standard streams, the only descriptors there are.</summary>
internal static class StreamCalls
{
    /// <summary>Vectors in one call, as POSIX's IOV_MAX: a guest cannot keep the host busy with millions of empty ones.</summary>
    private const uint MaxVectors = 1024;

    private const ulong RightRead = 1 << 1;
    private const ulong RightWrite = 1 << 6;
    private const ulong RightPoll = 1 << 27;
    private const ulong RightFilestat = 1 << 21;

    public static Errno Read(GuestProcess guest, GuestMemory memory, int fd, int vectors, int count, int readAddress)
    {
        if (guest.DescriptorOf(fd) != Descriptor.Input)
            return guest.DescriptorOf(fd) == Descriptor.Closed ? Errno.BadDescriptor : Errno.NotCapable;
        if (Check(memory, vectors, count) is var fault && fault != Errno.Success)
            return fault;
        if (!memory.TrySlice(readAddress, sizeof(int), out _))
            return Errno.BadAddress;
        var total = 0;
        for (var i = 0; i < count; i++)
        {
            var buffer = Vector(memory, vectors, i);
            var read = guest.Read(buffer);
            total += read;
            if (read < buffer.Length)
                break;
        }

        memory.TryWriteInt32(readAddress, total);
        return Errno.Success;
    }

    public static Errno Write(GuestProcess guest, GuestMemory memory, int fd, int vectors, int count, int writtenAddress)
    {
        var descriptor = guest.DescriptorOf(fd);
        if (descriptor is not (Descriptor.Output or Descriptor.ErrorOutput))
            return descriptor == Descriptor.Closed ? Errno.BadDescriptor : Errno.NotCapable;
        if (Check(memory, vectors, count) is var fault && fault != Errno.Success)
            return fault;
        if (!memory.TrySlice(writtenAddress, sizeof(int), out _))
            return Errno.BadAddress;
        uint total = 0;
        for (var i = 0; i < count; i++)
        {
            var buffer = Vector(memory, vectors, i);
            guest.Write(descriptor, buffer);
            total += (uint)buffer.Length;
        }

        memory.TryWriteInt32(writtenAddress, (int)total);
        return Errno.Success;
    }

    /// <summary>The streams are pipes: of unknown type (as WASI has no word for a pipe), not seekable, never a terminal.</summary>
    public static Errno Stat(GuestProcess guest, GuestMemory memory, int fd, int address)
    {
        var descriptor = guest.DescriptorOf(fd);
        if (descriptor == Descriptor.Closed)
            return Errno.BadDescriptor;
        if (!memory.TrySlice(address, 24, out var stat))
            return Errno.BadAddress;
        stat.Clear();
        var rights = (descriptor == Descriptor.Input ? RightRead : RightWrite) | RightPoll | RightFilestat;
        BinaryPrimitives.WriteUInt64LittleEndian(stat[8..], rights);
        return Errno.Success;
    }

    /// <summary>A file status with nothing known but one link.</summary>
    public static Errno FileStat(GuestProcess guest, GuestMemory memory, int fd, int address)
    {
        if (guest.DescriptorOf(fd) == Descriptor.Closed)
            return Errno.BadDescriptor;
        if (!memory.TrySlice(address, 64, out var stat))
            return Errno.BadAddress;
        stat.Clear();
        BinaryPrimitives.WriteUInt64LittleEndian(stat[24..], 1);
        return Errno.Success;
    }

    public static Errno Close(GuestProcess guest, int fd)
    {
        if (guest.DescriptorOf(fd) == Descriptor.Closed)
            return Errno.BadDescriptor;
        guest.Close(fd);
        return Errno.Success;
    }

    public static Errno Renumber(GuestProcess guest, int from, int to)
    {
        if (guest.DescriptorOf(from) == Descriptor.Closed || guest.DescriptorOf(to) == Descriptor.Closed)
            return Errno.BadDescriptor;
        guest.Renumber(from, to);
        return Errno.Success;
    }

    /// <summary>The answer of every call that makes no sense on a pipe: <paramref name="otherwise"/> when the descriptor is open.</summary>
    public static Errno OnlyIfOpen(GuestProcess guest, int fd, Errno otherwise) =>
        guest.DescriptorOf(fd) == Descriptor.Closed ? Errno.BadDescriptor : otherwise;

    private static Errno Check(GuestMemory memory, int vectors, int count)
    {
        if ((uint)count > MaxVectors)
            return Errno.Invalid;
        long total = 0;
        for (var i = 0; i < count; i++)
        {
            if (!memory.TryElement(vectors, i, 8, out var vector))
                return Errno.BadAddress;
            var length = BinaryPrimitives.ReadInt32LittleEndian(vector[4..]);
            if (!memory.TrySlice(BinaryPrimitives.ReadInt32LittleEndian(vector), length, out _))
                return Errno.BadAddress;
            total += (uint)length;
        }

        return total > int.MaxValue ? Errno.Invalid : Errno.Success;
    }

    private static Span<byte> Vector(GuestMemory memory, int vectors, int index)
    {
        // Read anew for each vector: a guest may let an earlier buffer overlap the table of vectors.
        return memory.TryElement(vectors, index, 8, out var vector)
            && memory.TrySlice(BinaryPrimitives.ReadInt32LittleEndian(vector), BinaryPrimitives.ReadInt32LittleEndian(vector[4..]), out var buffer)
            ? buffer
            : default;
    }
}
