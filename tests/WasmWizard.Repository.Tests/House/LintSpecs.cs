using System.Diagnostics;
using System.Text.RegularExpressions;

namespace WasmWizard.Repository.Tests.House;

/// <summary>The gate format leaves style and analyzers to the compiler where a run has compiled, so the compiler must refuse what <c>dotnet format</c> warns of.</summary>
[Trait("suite", "complete")]
public sealed partial class LintSpecs : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("ww-lint-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task What_format_warns_of_the_compiler_calls_an_error()
    {
        foreach (var file in new[] { ".editorconfig", "global.json", "Directory.Build.props", "Directory.Packages.props" })
            File.Copy(Repository.At(file), Path.Combine(_folder, file));
        await File.WriteAllTextAsync(Path.Combine(_folder, "Breaks.csproj"), """<Project Sdk="Microsoft.NET.Sdk" />""");
        await File.WriteAllTextAsync(Path.Combine(_folder, "Breaks.cs"), """
            using System.Globalization;
            using System.Net;

            namespace Breaks
            {
                using System.IO;

                class Broken
                {
                    int _number = 1;

                    private static int Unread() => 2;

                    public string Of(int unused)
                    {
                        var lost = _number;
                        lost = 3;
                        return CultureInfo.InvariantCulture.Name + Path.DirectorySeparatorChar + "text".IndexOf("x", System.StringComparison.Ordinal);
                    }
                }
            }
            """);

        var said = await Compile();

        Assert.Equal(
            ["CA1852", "CA1865", "IDE0005", "IDE0040", "IDE0044", "IDE0051", "IDE0059", "IDE0060", "IDE0065", "IDE0161"],
            Found().Matches(said).Select(match => match.Groups["rule"].Value).Distinct().Order(StringComparer.Ordinal));
    }

    private async Task<string> Compile()
    {
        using var process = Process.Start(new ProcessStartInfo("dotnet", ["build", "--nologo", "Breaks.csproj"]) { WorkingDirectory = _folder, RedirectStandardOutput = true })!;
        var said = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return said;
    }

    [GeneratedRegex(@"Breaks\.cs\(\d+,\d+\): error (?<rule>[A-Z]+\d+):")]
    private static partial Regex Found();
}
