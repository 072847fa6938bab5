using System.Buffers.Binary;

namespace WasmWizard.Service.Wasi;

/// <summary>
/// <c>poll_oneoff</c>: the one call in which a guest waits. Epoch interruption does not reach it there, so the wait is ours:
/// it ends at the guest's deadline, and at once when nobody waits for the answer.
/// </summary>
internal static class PollCalls
{
    private const int SubscriptionSize = 48;
    private const int EventSize = 32;
    private const uint MaxSubscriptions = 1024;
    private const byte ClockEvent = 0;
    private const byte ReadEvent = 1;
    private const byte WriteEvent = 2;

    /// <summary>What a pipe takes at once without blocking, by POSIX's PIPE_BUF.</summary>
    private const ulong WritableBytes = 4096;

    public static Errno Poll(GuestProcess guest, GuestMemory memory, int subscriptions, int events, int count, int eventCountAddress)
    {
        if (count == 0 || (uint)count > MaxSubscriptions)
            return Errno.Invalid;
        if (!memory.TrySlice(subscriptions, count * SubscriptionSize, out var wanted)
            || !memory.TrySlice(events, count * EventSize, out var happened)
            || !memory.TrySlice(eventCountAddress, sizeof(int), out _))
            return Errno.BadAddress;

        // The two arrays may overlap: the wanted ones are copied before the first event is written.
        var list = wanted.ToArray();
        var left = new TimeSpan[count];
        var earliest = TimeSpan.MaxValue;
        for (var i = 0; i < count; i++)
        {
            left[i] = TimeLeft(guest, Subscription(list, i));
            earliest = left[i] < earliest ? left[i] : earliest;
        }

        guest.Sleep(earliest);

        var written = 0;
        for (var i = 0; i < count; i++)
        {
            if (left[i] > earliest)
                continue;
            WriteEventTo(happened.Slice(written * EventSize, EventSize), guest, Subscription(list, i));
            written++;
        }

        memory.TryWriteInt32(eventCountAddress, written);
        return Errno.Success;
    }

    private static ReadOnlySpan<byte> Subscription(byte[] list, int index) => list.AsSpan(index * SubscriptionSize, SubscriptionSize);

    /// <summary>Zero for what has happened already: a stream is always ready, and an error is an event too.</summary>
    private static TimeSpan TimeLeft(GuestProcess guest, ReadOnlySpan<byte> subscription)
    {
        if (subscription[8] != ClockEvent)
            return TimeSpan.Zero;
        var timeout = BinaryPrimitives.ReadUInt64LittleEndian(subscription[24..]);
        var absolute = (BinaryPrimitives.ReadUInt16LittleEndian(subscription[40..]) & 1) != 0;
        if (Clocks.Now(guest, BinaryPrimitives.ReadInt32LittleEndian(subscription[16..])) is not { } now)
            return TimeSpan.Zero;
        return Clocks.FromNanoseconds(!absolute ? timeout : timeout > now ? timeout - now : 0);
    }

    private static void WriteEventTo(Span<byte> target, GuestProcess guest, ReadOnlySpan<byte> subscription)
    {
        var kind = subscription[8];
        var number = BinaryPrimitives.ReadInt32LittleEndian(subscription[16..]);
        var descriptor = guest.DescriptorOf(number);
        var (error, available) = (kind, descriptor) switch
        {
            (ClockEvent, _) => (number is >= Clocks.Realtime and <= Clocks.ThreadTime ? Errno.Success : Errno.Invalid, 0UL),
            (ReadEvent, Descriptor.Input) => (Errno.Success, (ulong)guest.InputLeft),
            (WriteEvent, Descriptor.Output or Descriptor.ErrorOutput) => (Errno.Success, WritableBytes),
            (ReadEvent or WriteEvent, Descriptor.Closed) => (Errno.BadDescriptor, 0UL),
            (ReadEvent or WriteEvent, _) => (Errno.NotCapable, 0UL),
            _ => (Errno.Invalid, 0UL),
        };
        target.Clear();
        subscription[..8].CopyTo(target);
        BinaryPrimitives.WriteUInt16LittleEndian(target[8..], (ushort)error);
        target[10] = kind;
        BinaryPrimitives.WriteUInt64LittleEndian(target[16..], available);
    }
}
