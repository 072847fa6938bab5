using System.Globalization;
using System.Text;
using WasmWizard.Delivery.Releases;

namespace WasmWizard.Delivery.Testing;

/// <summary>Releases made from a number: equal numbers give equal releases.</summary>
public static class TestReleases
{
    /// <param name="number">Names the release; version <c>1.number.0</c>.</param>
    /// <param name="migrations">How many migrations it knows: <c>0001_step</c> and so on.</param>
    public static Release Number(int number, int migrations = 1)
    {
        var variables = new Dictionary<string, string> { ["RUST_LOG"] = "trace" };
        return new Release
        {
            Version = $"1.{number}.0",
            Commit = number.ToString("x40", CultureInfo.InvariantCulture),
            Tree = (number + 1_000_000).ToString("x40", CultureInfo.InvariantCulture),
            Digest = Digest.Of(Encoding.UTF8.GetBytes($"layer {number}")),
            Config = ConfigHash.Of(variables),
            Variables = variables,
            Migrations = [.. Enumerable.Range(1, migrations).Select(step => $"{step:d4}_step")],
        };
    }
}
