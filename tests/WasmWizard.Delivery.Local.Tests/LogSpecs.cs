using WasmWizard.Delivery.Local.State;
using WasmWizard.Delivery.Local.Tests.Fixtures;

namespace WasmWizard.Delivery.Local.Tests;

public sealed class LogSpecs : IDisposable
{
    private readonly Place _place = new();

    public LogSpecs()
    {
        _place.State.Create();
        File.WriteAllText(_place.State.Front.LogOf("front"), "of the front\n");
        File.WriteAllText(_place.State.Front.LogOf("a-1"), "one\ntwo\nthree\n");
        File.WriteAllText(_place.State.Front.LogOf("b-1"), "other\n");
        File.SetLastWriteTimeUtc(_place.State.Front.LogOf("b-1"), new DateTime(2001, 1, 1, 0, 0, 0, DateTimeKind.Utc));
    }

    private LocalLogs Logs => new(_place.State);

    [Fact]
    public async Task The_last_lines_of_the_routed_instance_are_told()
    {
        await File.WriteAllTextAsync(_place.State.Front.Memory, """{"token":1,"route":{"instance":"b-1","release":"b","since":"2026-01-01T00:00:00Z"}}""");

        Assert.Equal(["other"], await Lines(null, 10));
    }

    [Fact]
    public async Task Without_a_route_it_is_the_instance_that_wrote_last()
    {
        Assert.Equal(["two", "three"], await Lines(null, 2));
    }

    [Fact]
    public async Task Any_log_can_be_named()
    {
        Assert.Equal(["of the front"], await Lines("front", 10));
        Assert.Equal(["a-1", "b-1", "front"], Logs.Names);
        Assert.Empty(await Lines("absent", 10));
    }

    [Fact]
    public async Task An_environment_without_logs_has_nothing_to_tell()
    {
        using var empty = new Place();

        Assert.Empty(new LocalLogs(empty.State).Names);
        await foreach (var line in new LocalLogs(empty.State).Tail(null, 10, follow: true, CancellationToken.None))
            Assert.Fail(line);
    }

    [Fact]
    public async Task What_is_written_later_is_followed_also_over_a_cut()
    {
        using var end = new CancellationTokenSource();
        var path = _place.State.Front.LogOf("a-1");
        var seen = new List<string>();
        await foreach (var line in Logs.Tail("a-1", 1, follow: true, end.Token))
        {
            seen.Add(line);
            switch (line)
            {
                case "three":
                    await File.AppendAllTextAsync(path, "four\nhalf of ", CancellationToken.None);
                    break;
                case "four":
                    await File.AppendAllTextAsync(path, "five\n", CancellationToken.None);
                    break;
                case "half of five":
                    await File.WriteAllTextAsync(path, "six\n", CancellationToken.None);
                    break;
                default:
                    await end.CancelAsync();
                    break;
            }
        }

        Assert.Equal(["three", "four", "half of five", "six"], seen);
    }

    public void Dispose() => _place.Dispose();

    private async Task<IReadOnlyList<string>> Lines(string? name, int lines)
    {
        var told = new List<string>();
        await foreach (var line in Logs.Tail(name, lines, follow: false, CancellationToken.None))
            told.Add(line);
        return told;
    }
}
