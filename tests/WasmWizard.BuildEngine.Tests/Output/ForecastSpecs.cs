namespace WasmWizard.Tests.BuildEngine.Output;

public class ForecastSpecs
{
    private static Target Body => _ => _.Executes(() => { });

    [Theory]
    [InlineData(100d, "0 of 2 done, 1 running, about 1:40 left")]
    [InlineData(1d, "0 of 2 done, 1 running, about 0:01 left")]
    [InlineData(0.5, "0 of 2 done, 1 running, nearly done")]
    [InlineData(null, "0 of 2 done, 1 running")]
    public void It_says_how_much_is_left_as_far_as_it_was_ever_seen(double? seconds, string expected)
    {
        var plan = new[] { Open("One", ExecutionStatus.Running), Open("Two", ExecutionStatus.Scheduled) };
        var history = seconds is { } known ? new Dictionary<string, TimeSpan> { ["One"] = TimeSpan.Zero, ["Two"] = TimeSpan.FromSeconds(known) } : [];

        Assert.Equal(expected, new RunForecast(plan, history, jobs: 2).Headline(TimeSpan.Zero));
    }

    private static ExecutableTarget Open(string name, ExecutionStatus status)
    {
        var target = Graphs.Target(name);
        Body(target.Definition);
        target.Status = status;
        return target;
    }
}
