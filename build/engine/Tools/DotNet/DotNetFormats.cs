using WasmWizard.BuildEngine.Tooling;

namespace WasmWizard.BuildEngine.Tools.DotNet;

/// <summary>How each option of <c>dotnet</c> is written, whichever verb has it. The order is the order of the argument line.</summary>
internal static class DotNetFormats
{
    public const string Project = "Project";
    public const string RunProject = "RunProject";
    public const string Properties = "Properties";

    public static IReadOnlyList<OptionFormat> All { get; } =
    [
        OptionFormat.Position(Project),
        OptionFormat.Value(RunProject, "--project"),
        OptionFormat.Value("Configuration", "--configuration"),
        OptionFormat.Value("Framework", "--framework"),
        OptionFormat.Value("Runtime", "--runtime"),
        OptionFormat.Value("Output", "--output"),
        OptionFormat.Value("ArtifactsPath", "--artifacts-path"),
        OptionFormat.Flag("NoRestore", "--no-restore"),
        OptionFormat.Flag("NoBuild", "--no-build"),
        OptionFormat.Flag("NoIncremental", "--no-incremental"),
        OptionFormat.Truth("SelfContained", "--self-contained"),
        OptionFormat.Value("VersionSuffix", "--version-suffix"),
        OptionFormat.Flag("IncludeSymbols", "--include-symbols"),
        OptionFormat.Flag("IncludeSource", "--include-source"),
        OptionFormat.Value("Verbosity", "--verbosity"),
        OptionFormat.Flag("NoLogo", "--nologo"),
        OptionFormat.Each("Loggers", "--logger"),
        OptionFormat.Assignment("BinaryLog", "-bl:"),
        OptionFormat.Joined("Targets", "-target:", ';'),
        OptionFormat.Value("Filter", "--filter"),
        OptionFormat.Value("SettingsFile", "--settings"),
        OptionFormat.Value("ResultsDirectory", "--results-directory"),
        OptionFormat.Each("DataCollector", "--collect"),
        OptionFormat.Flag("Blame", "--blame"),
        OptionFormat.Flag("BlameCrash", "--blame-crash"),
        OptionFormat.Flag("BlameHang", "--blame-hang"),
        OptionFormat.Value("BlameHangTimeout", "--blame-hang-timeout"),
        OptionFormat.Value("ConfigFile", "--configfile"),
        OptionFormat.Each("Sources", "--source"),
        OptionFormat.Value("PackageDirectory", "--packages"),
        OptionFormat.Flag("LockedMode", "--locked-mode"),
        OptionFormat.Flag("UseLockFile", "--use-lock-file"),
        OptionFormat.Flag("NoCache", "--no-cache"),
        OptionFormat.Flag("IgnoreFailedSources", "--ignore-failed-sources"),
        OptionFormat.Flag("Force", "--force"),
        OptionFormat.Flag("VerifyNoChanges", "--verify-no-changes"),
        OptionFormat.Value("Severity", "--severity"),
        OptionFormat.Value("Report", "--report"),
        OptionFormat.Each("Include", "--include"),
        OptionFormat.Each("Exclude", "--exclude"),
        OptionFormat.Flag("NoLaunchProfile", "--no-launch-profile"),
        OptionFormat.Value("Source", "--source"),
        OptionFormat.Value("ApiKey", "--api-key"),
        OptionFormat.Value("SymbolSource", "--symbol-source"),
        OptionFormat.Value("SymbolApiKey", "--symbol-api-key"),
        OptionFormat.Flag("SkipDuplicate", "--skip-duplicate"),
        OptionFormat.Flag("NoSymbols", "--no-symbols"),
        OptionFormat.Value("Timeout", "--timeout"),
        OptionFormat.Pairs(Properties, "--property:"),
        OptionFormat.Last("RunSettings", "--"),
        OptionFormat.Last("ApplicationArguments", "--"),
    ];
}
