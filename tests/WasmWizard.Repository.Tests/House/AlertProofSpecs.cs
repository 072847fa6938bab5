using System.Diagnostics;

namespace WasmWizard.Repository.Tests.House;

/// <summary>The alert rules as they are shipped, judged by Prometheus' own tool.</summary>
public sealed class AlertProofSpecs : IDisposable
{
    private readonly string _copy = Directory.CreateTempSubdirectory("alerts-").FullName;

    private static IEnumerable<string> Environments => Directory.GetDirectories(Repository.At("monitoring")).Order(StringComparer.Ordinal);

    public void Dispose() => Directory.Delete(_copy, recursive: true);

    [ToolFact("promtool")]
    [Trait("suite", "complete")]
    public void Configuration_and_rules_are_valid_and_every_proof_holds()
    {
        Assert.Equal(["production", "research", "staging"], Environments.Select(Path.GetFileName));
        foreach (var environment in Environments)
        {
            Accepts(environment, "check", "config", "prometheus.yml");
            Accepts(environment, "test", "rules", "rules.test.yml", "rules.hours.test.yml", "rules.days.test.yml");
        }
    }

    [ToolFact("promtool")]
    [Trait("suite", "complete")]
    public void A_rule_whose_threshold_is_wrong_fails_its_proofs()
    {
        var path = Path.Combine(_copy, "rules.yml");
        var rules = File.ReadAllText(Repository.At("monitoring", "production", "rules.yml"));
        File.WriteAllText(Path.Combine(_copy, "rules.test.yml"), ProofsOf("AvailabilityBurn1h"));
        const string right = "ratio_rate1h > 0.0144 and wasm_wizard:http_errors:ratio_rate5m > 0.0144";
        Assert.Contains(right, rules, StringComparison.Ordinal);

        Assert.Equal(0, Judge(right).ExitCode);
        foreach (var (condition, wrong) in new[] { ("1h > 0.0144", "1h > 0.9"), ("1h > 0.0144", "1h > 0.0001"), ("5m > 0.0144", "5m > 0.9"), ("5m > 0.0144", "5m >= 0") })
        {
            var (exitCode, output) = Judge(right.Replace(condition, wrong, StringComparison.Ordinal));
            Assert.True(exitCode != 0, $"{wrong} instead of {condition} passes the proofs.");
            Assert.Contains("AvailabilityBurn1h", output, StringComparison.Ordinal);
        }

        (int ExitCode, string Output) Judge(string expression)
        {
            File.WriteAllText(path, rules.Replace(right, expression, StringComparison.Ordinal));
            return Promtool(_copy, "test", "rules", "rules.test.yml");
        }
    }

    /// <summary>The head of production's proofs and those of one alert: the others take long and prove nothing here.</summary>
    private static string ProofsOf(string alert)
    {
        const string begin = "  - interval:";
        var parts = File.ReadAllText(Repository.At("monitoring", "production", "rules.test.yml")).Split(begin);
        return parts[0] + string.Concat(parts.Skip(1).Where(proof => proof.Contains($"alertname: {alert}\n", StringComparison.Ordinal)).Select(proof => begin + proof));
    }

    private static void Accepts(string folder, params string[] arguments)
    {
        var (exitCode, output) = Promtool(folder, arguments);
        Assert.True(exitCode == 0, $"promtool {string.Join(' ', arguments)} in {folder} ended with {exitCode}:\n{output}");
    }

    private static (int ExitCode, string Output) Promtool(string folder, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("promtool", arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true })!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output + errors.Result);
    }
}
