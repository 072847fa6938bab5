using System.Collections.Immutable;
using System.Text.Json;
using WasmWizard.BuildEngine.Tooling;

namespace WasmWizard.BuildEngine.Tools.DotNet;

/// <summary>
/// <c>dotnet test</c> where <c>global.json</c> selects Microsoft.Testing.Platform: the same options in its words. It takes no position for the project and
/// knows neither loggers nor collectors; what has no counterpart there is left out.
/// </summary>
internal static class TestingPlatform
{
    private const string Name = "Microsoft.Testing.Platform";

    public static IReadOnlyList<OptionFormat> Formats { get; } =
    [
        new(DotNetFormats.Project, value => [IsSolution($"{value}") ? "--solution" : "--project", $"{value}"]),
        .. DotNetFormats.All.Where(format => format.Name is "Configuration" or "Framework" or "Runtime" or "Output" or "ArtifactsPath" or "NoRestore" or "NoBuild" or "Verbosity"),
        new("Loggers", value => ((ImmutableArray<string>)value).SelectMany(Report)),
        .. DotNetFormats.All.Where(format => format.Name is "Filter" or "SettingsFile" or "ResultsDirectory"),
        new("DataCollector", value => ((ImmutableArray<string>)value).Any(IsCoverage) ? ["--coverage", "--coverage-output-format", "cobertura"] : []),
        OptionFormat.Flag("BlameCrash", "--crashdump"),
        OptionFormat.Flag("BlameHang", "--hangdump"),
        OptionFormat.Value("BlameHangTimeout", "--hangdump-timeout"),
        .. DotNetFormats.All.Where(format => format.Name == DotNetFormats.Properties),
    ];

    /// <summary>What the nearest <c>global.json</c> of the root says.</summary>
    public static bool IsSelected
    {
        get
        {
            if (BuildSession.CurrentOrNull is not { } session || !File.Exists(session.Root / "global.json"))
                return false;
            using var document = JsonDocument.Parse(File.ReadAllText(session.Root / "global.json"), new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
            return document.RootElement.TryGetProperty("test", out var test) && test.TryGetProperty("runner", out var runner) && runner.GetString() == Name;
        }
    }

    private static bool IsSolution(string path) =>
        path.EndsWith(".sln", StringComparison.OrdinalIgnoreCase) || path.EndsWith(".slnx", StringComparison.OrdinalIgnoreCase) || path.EndsWith(".slnf", StringComparison.OrdinalIgnoreCase);

    private static bool IsCoverage(string collector) => collector.Contains("Coverage", StringComparison.OrdinalIgnoreCase);

    /// <summary><c>trx;LogFileName=x.trx</c>; consoles are its own.</summary>
    private static IEnumerable<string> Report(string logger)
    {
        if (!logger.StartsWith("trx", StringComparison.OrdinalIgnoreCase))
            return [];
        const string FileName = "LogFileName=";
        var file = logger.Split(';').FirstOrDefault(part => part.StartsWith(FileName, StringComparison.OrdinalIgnoreCase));
        return file is null ? ["--report-trx"] : ["--report-trx", "--report-trx-filename", file[FileName.Length..]];
    }
}
