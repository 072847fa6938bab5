using System.Diagnostics;
using System.Security.Cryptography;

namespace WasmWizard.Service.Wasi;

/// <summary>Arguments, environment, clocks, randomness and the end of the process.</summary>
internal static class SystemCalls
{
    private const int RandomChunk = 64 * 1024;

    /// <summary>argv[0], as programs expect one; a request carries no arguments.</summary>
    private static ReadOnlySpan<byte> ProgramName => "module\0"u8;

    public static Errno ArgumentSizes(GuestMemory memory, int countAddress, int sizeAddress) =>
        memory.TryWriteInt32(countAddress, 1) && memory.TryWriteInt32(sizeAddress, ProgramName.Length) ? Errno.Success : Errno.BadAddress;

    public static Errno Arguments(GuestMemory memory, int pointersAddress, int bufferAddress) =>
        memory.TryWriteInt32(pointersAddress, bufferAddress) && memory.TryWrite(bufferAddress, ProgramName) ? Errno.Success : Errno.BadAddress;

    public static Errno EnvironmentSizes(GuestMemory memory, int countAddress, int sizeAddress) =>
        memory.TryWriteInt32(countAddress, 0) && memory.TryWriteInt32(sizeAddress, 0) ? Errno.Success : Errno.BadAddress;

    public static Errno Random(GuestProcess guest, GuestMemory memory, int address, int length)
    {
        if (!memory.TrySlice(address, length, out var buffer))
            return Errno.BadAddress;
        while (buffer.Length > 0)
        {
            var chunk = buffer[..Math.Min(buffer.Length, RandomChunk)];
            RandomNumberGenerator.Fill(chunk);
            buffer = buffer[chunk.Length..];
            guest.ContinueOrStop();
        }

        return Errno.Success;
    }

    public static Errno ClockTime(GuestProcess guest, GuestMemory memory, int clock, int address)
    {
        if (Clocks.Now(guest, clock) is not { } now)
            return Errno.Invalid;
        return memory.TryWriteUInt64(address, now) ? Errno.Success : Errno.BadAddress;
    }

    public static Errno ClockResolution(GuestMemory memory, int clock, int address)
    {
        if (clock is < Clocks.Realtime or > Clocks.ThreadTime)
            return Errno.Invalid;
        var nanoseconds = clock == Clocks.Realtime ? 100UL : (ulong)Math.Max(1, 1_000_000_000 / Stopwatch.Frequency);
        return memory.TryWriteUInt64(address, nanoseconds) ? Errno.Success : Errno.BadAddress;
    }
}
