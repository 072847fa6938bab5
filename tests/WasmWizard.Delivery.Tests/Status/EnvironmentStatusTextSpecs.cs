using Microsoft.Extensions.Time.Testing;
using WasmWizard.Delivery.Environments;
using WasmWizard.Delivery.Ledger;
using WasmWizard.Delivery.Status;
using WasmWizard.Delivery.Testing;

namespace WasmWizard.Delivery.Tests.Status;

public class EnvironmentStatusTextSpecs
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero));

    [Fact]
    public void An_environment_without_anything_is_one_line() =>
        Assert.Equal(["research  nothing serves"], StatusText.Lines(Empty));

    [Fact]
    public void What_serves_and_what_differs_stands_under_each_other()
    {
        var release = TestReleases.Number(1);
        var status = Empty with
        {
            Phase = EnvironmentPhase.Degraded,
            Url = new("http://127.0.0.1:8095"),
            Release = release,
            Since = _time.GetUtcNow(),
            By = "ada@host 42",
            Drift = ["the front is down"],
        };

        Assert.Equal(
            [
                "research  Degraded",
                "url       http://127.0.0.1:8095/",
                $"release   {release.Id} ({release.Version})",
                $"commit    {release.Commit}",
                $"digest    {release.Digest}",
                "since     2026-01-02 03:04:05Z",
                "by        ada@host 42",
                "drift     the front is down",
            ],
            StatusText.Lines(status));
    }

    [Fact]
    public async Task A_history_is_a_line_per_rollout()
    {
        var environment = new SimulatedEnvironment(_time);
        Assert.Equal(["nothing has happened here yet"], HistoryText.Lines(await Chain(environment)));

        await environment.Deploy(TestReleases.Number(1));
        environment.World.FailsToStart.Add(TestReleases.Number(2).Id);
        await environment.Deploy(TestReleases.Number(2));
        var lines = HistoryText.Lines(await Chain(environment));

        Assert.Contains(lines, line => line.Contains($"deploy  healthy", StringComparison.Ordinal) && line.Contains(TestReleases.Number(1).Id.ToString(), StringComparison.Ordinal));
        Assert.Contains(lines, line => line.Contains("rolled-back", StringComparison.Ordinal));
        Assert.DoesNotContain(lines, line => line.Contains("intent", StringComparison.Ordinal));
    }

    private static EnvironmentStatus Empty { get; } = new()
    {
        Environment = EnvironmentName.Research,
        Branch = "research",
        Phase = EnvironmentPhase.None,
        Url = null,
        Since = null,
        Release = null,
        By = null,
        Drift = [],
    };

    private static async Task<LedgerChain> Chain(SimulatedEnvironment environment) =>
        Assert.IsType<LedgerReading.Whole>(LedgerChain.Read(await environment.Ledger.Read(CancellationToken.None))).Chain;
}
