using System.Globalization;
using WasmWizard.Service.Executions;

namespace WasmWizard.Service.Tests;

public class GuestThreadSpecs
{
    [Fact]
    public async Task Threads_of_guests_step_back_behind_those_that_answer_where_the_system_knows_how()
    {
        if (!OperatingSystem.IsLinux())
            return;
        var niceness = new TaskCompletionSource<int>();
        var thread = new GuestThread(0, _ => niceness.SetResult(NicenessOfCurrent()));
        thread.Start();
        Assert.Equal(Math.Min(NicenessOfCurrent() + StepBack.Niceness, 19), await niceness.Task);
        thread.Join();
    }

    /// <summary>The 19th field; the second one is a name in parentheses.</summary>
    private static int NicenessOfCurrent()
    {
        var stat = File.ReadAllText("/proc/thread-self/stat");
        return int.Parse(stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[16], CultureInfo.InvariantCulture);
    }
}
