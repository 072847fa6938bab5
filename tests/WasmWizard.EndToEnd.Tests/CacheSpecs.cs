using System.Security.Cryptography;
using System.Text.Json;

namespace WasmWizard.EndToEnd.Tests;

/// <summary>What a touched file of this repository makes run again, over the real graph.</summary>
[Collection(TwoImages.Tests)]
[Trait("suite", "complete")]
public sealed class CacheSpecs(TwoImages images)
{
    private static readonly (string File, bool Publishes)[] Table =
    [
        ("src/WasmWizard.Service/Program.cs", true),
        ("src/WasmWizard.Service/wwwroot/index.html", true),
        ("src/WasmWizard.Service/WasmWizard.Service.csproj", true),
        ("src/WasmWizard.Service/service-contract.json", true),
        ("Directory.Build.props", true),
        ("Directory.Packages.props", true),
        (".editorconfig", true),
        ("nuget.config", true),
        ("README.md", false),
        ("docs/glossary.md", false),
        ("docs/adr/0001-own-engine-with-nukes-shape.md", false),
        ("tests/Directory.Build.props", false),
        ("tests/WasmWizard.Service.Tests/WasmWizard.Service.Tests.csproj", false),
        ("benchmarks/start.sh", false),
        ("WasmWizard.sln", false),
    ];

    [ToolFact("git", "apt-get", "gpgv", "dpkg-deb")]
    public async Task Touching_one_file_publishes_again_exactly_when_the_service_is_made_from_it()
    {
        var clone = (await images.First).Clone;
        var published = Contents(clone);
        Assert.NotEmpty(published);
        Assert.Empty(await Reasons(clone));

        foreach (var (file, publishes) in Table)
        {
            var path = Path.Combine(clone.Folder, file);
            var before = await File.ReadAllBytesAsync(path);
            await File.AppendAllTextAsync(path, "\n");
            var reasons = await Reasons(clone);
            Assert.True(reasons.SequenceEqual(publishes ? [$"{file} changed"] : []), $"{file}: {string.Join("; ", reasons)}");
            await File.WriteAllBytesAsync(path, before);
        }

        Directory.Delete(Path.Combine(clone.Folder, ".nuke", "temp", "publish"), recursive: true);
        var again = await clone.Program("Publish", "--branch", "development");
        Assert.Contains("Publish is restored", again.Output, StringComparison.Ordinal);
        Assert.Equal(published, Contents(clone));
    }

    private static async Task<IReadOnlyList<string>> Reasons(FreshClone clone)
    {
        var asked = await clone.Program("Publish", "--branch", "development", "--explain-cache", "--json");
        Assert.True(asked.ExitCode == 0, asked.ToString());
        using var document = JsonDocument.Parse(asked.Output);
        return [.. document.RootElement.GetProperty("cache").EnumerateArray().Single().GetProperty("reasons").EnumerateArray().Select(reason => reason.GetString()!)];
    }

    private static SortedDictionary<string, string> Contents(FreshClone clone)
    {
        var folder = Path.Combine(clone.Folder, ".nuke", "temp", "publish");
        return new(
            Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).ToDictionary(
                file => Path.GetRelativePath(folder, file),
                file => $"{Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(file)))} {(OperatingSystem.IsWindows() ? 0 : (int)File.GetUnixFileMode(file))}"),
            StringComparer.Ordinal);
    }
}
