using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace WasmWizard.Service.Executions;

/// <summary>
/// The framework's threads that hear of what arrives; there is one, or one for some dozens of processors. Each arrival wakes one, which took the
/// processor from the thread that was answering another request, only to put the new one into a queue. As batch threads they wait until that
/// thread has nothing to do, and then put many into the queue at once. While a guest computes for long they are as others
/// again: it has always something to do.
/// </summary>
internal static class ReceivingThreads
{
    /// <summary>The framework's name for them.</summary>
    public const string Name = ".NET Sockets";

    /// <summary>SCHED_BATCH: does not take the processor from another thread on waking.</summary>
    public const uint Batch = 3;

    /// <summary>SCHED_OTHER: what threads are.</summary>
    public const uint Normal = 0;

    /// <summary>What one sends to oneself arrives at once, or a firewall drops it; the start may not wait for ever.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private static readonly Lock s_gate = new();
    private static (int Number, SchedulerAttributes Attributes)[] s_threads = [];
    private static int s_computing;

    /// <summary>To be called before there are requests. A wish: where it is not known or not granted nothing changes, and nothing depends on it.</summary>
    public static void StepBack()
    {
        if (SchedulerAttributes.Of() is null)
            return;
        try
        {
            // They are started by the first wait for a socket, and have their names when they have heard of something. Sockets are spread over them.
            for (var i = 0; i < Environment.ProcessorCount; i++)
                ReceiveOnce();
            lock (s_gate)
            {
                s_threads = [.. Find()];
                Ask(s_computing == 0 ? Batch : Normal);
            }
        }
        catch (Exception exception) when (exception is SocketException or OperationCanceledException or IOException or UnauthorizedAccessException)
        {
            // Nothing arrives at the loopback address, or threads cannot be looked at: then they stay as they are.
        }
    }

    /// <summary>A guest computes that is not known to end at once, until <see cref="ComputingEnds"/>.</summary>
    public static void ComputingBegins()
    {
        lock (s_gate)
        {
            if (++s_computing == 1)
                Ask(Normal);
        }
    }

    public static void ComputingEnds()
    {
        lock (s_gate)
        {
            if (--s_computing == 0)
                Ask(Batch);
        }
    }

    private static void Ask(uint policy)
    {
        foreach (var (number, attributes) in s_threads)
            (attributes with { Policy = policy }).AskFor(number);
    }

    private static IEnumerable<(int Number, SchedulerAttributes Attributes)> Find()
    {
        foreach (var thread in Directory.EnumerateDirectories("/proc/self/task").Where(IsOne))
        {
            var number = int.Parse(Path.GetFileName(thread), CultureInfo.InvariantCulture);
            if (SchedulerAttributes.Of(number) is { } attributes)
                yield return (number, attributes);
        }
    }

    private static bool IsOne(string thread)
    {
        try
        {
            return File.ReadAllText(Path.Combine(thread, "comm")).TrimEnd() == Name;
        }
        catch (IOException)
        {
            // A thread that has ended meanwhile.
            return false;
        }
    }

    private static void ReceiveOnce()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        using var patience = new CancellationTokenSource(Patience);
        var received = socket.ReceiveAsync(new byte[1].AsMemory(), patience.Token);
        socket.SendTo([0], socket.LocalEndPoint!);
        received.AsTask().GetAwaiter().GetResult();
    }
}
