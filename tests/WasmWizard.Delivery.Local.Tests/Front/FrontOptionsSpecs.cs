using WasmWizard.Delivery.Local.Front.Hosting;
using WasmWizard.Delivery.Local.Front.Instances;

namespace WasmWizard.Delivery.Local.Tests.Front;

public sealed class FrontOptionsSpecs
{
    [Fact]
    public void A_whole_command_line_is_read()
    {
        var options = FrontOptions.Parse(["--state", "/state", "--address", "http://127.0.0.1:8095", "--version", "1"], out var faults);

        Assert.Empty(faults);
        Assert.Equal(new FrontOptions("/state", new Uri("http://127.0.0.1:8095"), "1"), options);
    }

    [Fact]
    public void All_faults_are_listed_at_once()
    {
        Assert.Null(FrontOptions.Parse(["--state", "relative", "--address", "http://0.0.0.0:80", "--port", "1", "--version"], out var faults));

        Assert.Equal(5, faults.Count);
    }

    [Theory]
    [InlineData("http://[::1]:8095", true)]
    [InlineData("http://127.8.9.10:8095", true)]
    [InlineData("https://127.0.0.1:8095", false)]
    [InlineData("http://localhost:8095", false)]
    [InlineData("http://192.0.2.1:8095", false)]
    [InlineData("8095", false)]
    public void Only_an_address_of_the_loopback_is_served(string address, bool accepted) =>
        Assert.Equal(accepted, FrontOptions.Parse(["--state", "/s", "--address", address, "--version", "1"], out _) is not null);

    [Theory]
    [InlineData(1, 200)]
    [InlineData(2, 400)]
    [InlineData(3, 800)]
    [InlineData(8, 25600)]
    [InlineData(9, 30000)]
    [InlineData(1000, 30000)]
    public void The_pause_before_a_restart_doubles_up_to_half_a_minute(int crash, int milliseconds) =>
        Assert.Equal(TimeSpan.FromMilliseconds(milliseconds), Backoff.After(crash));
}
