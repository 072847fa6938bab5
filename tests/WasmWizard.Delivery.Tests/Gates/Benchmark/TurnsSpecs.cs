using WasmWizard.Delivery.Gates.Benchmark;

namespace WasmWizard.Delivery.Tests.Gates.Benchmark;

public class TurnsSpecs
{
    [Fact]
    public async Task Programs_measure_one_after_the_other_and_nobody_before_all_have_asked()
    {
        List<string> happened = [];

        await Turns.Alternate([new Program("base", 2, happened), new Program("candidate", 2, happened)], CancellationToken.None);

        Assert.Equal(
            ["base asks", "candidate asks", "base measures", "base asks", "candidate measures", "candidate asks", "base measures", "base ends", "candidate measures", "candidate ends"],
            happened);
    }

    [Fact]
    public async Task Who_measures_longer_gets_the_turns_that_are_left()
    {
        List<string> happened = [];

        await Turns.Alternate([new Program("base", 0, happened), new Program("candidate", 2, happened)], CancellationToken.None);

        Assert.Equal(["base ends", "candidate asks", "candidate measures", "candidate asks", "candidate measures", "candidate ends"], happened);
    }

    private sealed class Program(string name, int measures, List<string> happened) : ITakesTurns
    {
        private int _left = measures;

        public Task<bool> Asks(CancellationToken cancellation)
        {
            happened.Add($"{name} {(_left > 0 ? "asks" : "ends")}");
            return Task.FromResult(_left > 0);
        }

        public Task Give(CancellationToken cancellation)
        {
            happened.Add($"{name} measures");
            _left--;
            return Task.CompletedTask;
        }
    }
}
