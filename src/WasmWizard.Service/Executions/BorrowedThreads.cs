using System.Globalization;

namespace WasmWizard.Service.Executions;

/// <summary>
/// Threads of the framework's pool that run guests themselves: two switches between threads cost more than a guest that ends at
/// once. A guest that stays nevertheless has its thread replaced, so that requests do not wait for it; there are never more of
/// these than slots.
/// </summary>
internal sealed class BorrowedThreads
{
    private readonly Lock _gate = new();
    private readonly int _workers;
    private readonly int _ports;
    private int _replaced;

    public BorrowedThreads() => ThreadPool.GetMinThreads(out _workers, out _ports);

    /// <summary>Whether this thread may be borrowed: it is of the pool, and the process was started with room for a guest on such threads' stacks.</summary>
    public static bool HasCurrent => s_haveRoom && Thread.CurrentThread.IsThreadPoolThread;

    /// <summary>The pool starts another thread in place of one whose guest stays, when there is work for it.</summary>
    public void Replace() => Change(+1);

    /// <summary>The guest has ended.</summary>
    public void GiveBack() => Change(-1);

    // The runtime says what a setting of the project or of the environment asked for; what it would take otherwise depends on the system.
    private static readonly bool s_haveRoom = long.TryParse(
        AppContext.GetData("System.Threading.DefaultStackSize") as string, NumberStyles.None, CultureInfo.InvariantCulture, out var bytes) && bytes >= GuestEngine.ThreadStackBytes;

    private void Change(int by)
    {
        lock (_gate)
        {
            _replaced += by;
            ThreadPool.SetMinThreads(_workers + _replaced, _ports);
        }
    }
}
