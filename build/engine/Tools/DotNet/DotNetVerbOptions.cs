using WasmWizard.BuildEngine.Tooling;

namespace WasmWizard.BuildEngine.Tools.DotNet;

/// <summary>Options of single verbs.</summary>
public static class DotNetVerbOptions
{
    /// <summary>Builds everything anew.</summary>
    public static DotNetBuildSettings EnableNoIncremental(this DotNetBuildSettings options) => options.Set("NoIncremental", true);

    /// <summary>With the runtime inside.</summary>
    public static DotNetBuildSettings SetSelfContained(this DotNetBuildSettings options, bool? value) => options.Set("SelfContained", value);

    /// <summary>With the runtime inside.</summary>
    public static DotNetPublishSettings SetSelfContained(this DotNetPublishSettings options, bool? value) => options.Set("SelfContained", value);

    /// <summary>With the runtime inside.</summary>
    public static DotNetPublishSettings EnableSelfContained(this DotNetPublishSettings options) => options.Set("SelfContained", true);

    /// <summary>Without the runtime inside.</summary>
    public static DotNetPublishSettings DisableSelfContained(this DotNetPublishSettings options) => options.Set("SelfContained", false);

    /// <summary>The end of the version.</summary>
    public static DotNetBuildSettings SetVersionSuffix(this DotNetBuildSettings options, string? value) => options.Set("VersionSuffix", value);

    /// <summary>The end of the version.</summary>
    public static DotNetPackSettings SetVersionSuffix(this DotNetPackSettings options, string? value) => options.Set("VersionSuffix", value);

    /// <summary>With a package of symbols.</summary>
    public static DotNetPackSettings EnableIncludeSymbols(this DotNetPackSettings options) => options.Set("IncludeSymbols", true);

    /// <summary>With the sources.</summary>
    public static DotNetPackSettings EnableIncludeSource(this DotNetPackSettings options) => options.Set("IncludeSource", true);

    /// <summary>Only tests that match.</summary>
    public static DotNetTestSettings SetFilter(this DotNetTestSettings options, string? value) => options.Set("Filter", value);

    /// <summary>Where test results are written.</summary>
    public static DotNetTestSettings SetResultsDirectory(this DotNetTestSettings options, string? value) => options.Set("ResultsDirectory", value);

    /// <summary>The run settings' file.</summary>
    public static DotNetTestSettings SetSettingsFile(this DotNetTestSettings options, string? value) => options.Set("SettingsFile", value);

    /// <summary>What to collect, e.g. <c>XPlat Code Coverage</c>.</summary>
    public static DotNetTestSettings SetDataCollector(this DotNetTestSettings options, string? value) =>
        options.SetList("DataCollector", value is null ? [] : [value]);

    /// <summary>Writes down which test ran when the process ended.</summary>
    public static DotNetTestSettings EnableBlame(this DotNetTestSettings options) => options.Set("Blame", true);

    /// <summary>Keeps a dump of a crash.</summary>
    public static DotNetTestSettings EnableBlameCrash(this DotNetTestSettings options) => options.Set("BlameCrash", true);

    /// <summary>Ends tests that hang.</summary>
    public static DotNetTestSettings EnableBlameHang(this DotNetTestSettings options) => options.Set("BlameHang", true);

    /// <summary>How long a test may take, e.g. <c>5m</c>.</summary>
    public static DotNetTestSettings SetBlameHangTimeout(this DotNetTestSettings options, string? value) => options.Set("BlameHangTimeout", value);

    /// <summary>A value of the run settings.</summary>
    public static DotNetTestSettings AddRunSetting(this DotNetTestSettings options, string key, object value) => options.Append("RunSettings", [$"{key}={value}"]);

    /// <summary>The file of NuGet's configuration.</summary>
    public static DotNetRestoreSettings SetConfigFile(this DotNetRestoreSettings options, string? value) => options.Set("ConfigFile", value);

    /// <summary>Where packages come from.</summary>
    public static DotNetRestoreSettings SetSources(this DotNetRestoreSettings options, params string[] values) => options.SetList("Sources", values);

    /// <summary>Where packages are put.</summary>
    public static DotNetRestoreSettings SetPackageDirectory(this DotNetRestoreSettings options, string? value) => options.Set("PackageDirectory", value);

    /// <summary>Only what the lock file says.</summary>
    public static DotNetRestoreSettings EnableLockedMode(this DotNetRestoreSettings options) => options.Set("LockedMode", true);

    /// <summary>Writes a lock file.</summary>
    public static DotNetRestoreSettings EnableUseLockFile(this DotNetRestoreSettings options) => options.Set("UseLockFile", true);

    /// <summary>Without the cache.</summary>
    public static DotNetRestoreSettings EnableNoCache(this DotNetRestoreSettings options) => options.Set("NoCache", true);

    /// <summary>A source that fails is a warning.</summary>
    public static DotNetRestoreSettings EnableIgnoreFailedSources(this DotNetRestoreSettings options) => options.Set("IgnoreFailedSources", true);

    /// <summary>Restores what was restored.</summary>
    public static DotNetRestoreSettings EnableForce(this DotNetRestoreSettings options) => options.Set("Force", true);

    /// <summary>Fails where something would change.</summary>
    public static DotNetFormatSettings EnableVerifyNoChanges(this DotNetFormatSettings options) => options.Set("VerifyNoChanges", true);

    /// <summary>Whether it fails where something would change.</summary>
    public static DotNetFormatSettings SetVerifyNoChanges(this DotNetFormatSettings options, bool? value) => options.Set("VerifyNoChanges", value);

    /// <summary>info, warn or error.</summary>
    public static DotNetFormatSettings SetSeverity(this DotNetFormatSettings options, string? value) => options.Set("Severity", value);

    /// <summary>The folder of a JSON report.</summary>
    public static DotNetFormatSettings SetReport(this DotNetFormatSettings options, string? value) => options.Set("Report", value);

    /// <summary>Files that are looked at.</summary>
    public static DotNetFormatSettings AddInclude(this DotNetFormatSettings options, params string[] values) => options.Append("Include", values);

    /// <summary>Files that are not looked at.</summary>
    public static DotNetFormatSettings AddExclude(this DotNetFormatSettings options, params string[] values) => options.Append("Exclude", values);

    /// <summary>The project.</summary>
    public static DotNetRunSettings SetProjectFile(this DotNetRunSettings options, string? value) => options.Set(DotNetFormats.RunProject, value);

    /// <summary>What the program is given, one word each.</summary>
    public static DotNetRunSettings SetApplicationArguments(this DotNetRunSettings options, params string[] values) => options.SetList("ApplicationArguments", values);

    /// <summary>Without launchSettings.json.</summary>
    public static DotNetRunSettings EnableNoLaunchProfile(this DotNetRunSettings options) => options.Set("NoLaunchProfile", true);

    /// <summary>What MSBuild runs.</summary>
    public static DotNetMSBuildSettings SetTargets(this DotNetMSBuildSettings options, params string[] values) => options.SetList("Targets", values);

    /// <summary>Packages to push.</summary>
    public static DotNetNuGetPushSettings SetTargetPath(this DotNetNuGetPushSettings options, string? value) => options.Set(DotNetFormats.Project, value);

    /// <summary>Where to push.</summary>
    public static DotNetNuGetPushSettings SetSource(this DotNetNuGetPushSettings options, string? value) => options.Set("Source", value);

    /// <summary>The key. Masked in everything that is printed.</summary>
    public static DotNetNuGetPushSettings SetApiKey(this DotNetNuGetPushSettings options, string? value) => options.SetSecret("ApiKey", value);

    /// <summary>Where to push symbols.</summary>
    public static DotNetNuGetPushSettings SetSymbolSource(this DotNetNuGetPushSettings options, string? value) => options.Set("SymbolSource", value);

    /// <summary>The key for symbols. Masked in everything that is printed.</summary>
    public static DotNetNuGetPushSettings SetSymbolApiKey(this DotNetNuGetPushSettings options, string? value) => options.SetSecret("SymbolApiKey", value);

    /// <summary>A package that is there already is no failure.</summary>
    public static DotNetNuGetPushSettings EnableSkipDuplicate(this DotNetNuGetPushSettings options) => options.Set("SkipDuplicate", true);

    /// <summary>Without symbols.</summary>
    public static DotNetNuGetPushSettings EnableNoSymbols(this DotNetNuGetPushSettings options) => options.Set("NoSymbols", true);

    /// <summary>In seconds.</summary>
    public static DotNetNuGetPushSettings SetTimeout(this DotNetNuGetPushSettings options, int? value) => options.Set("Timeout", value);

    private static DotNetNuGetPushSettings SetSecret(this DotNetNuGetPushSettings options, string name, string? value) =>
        value is null ? options.Set(name, null) : options.Set(name, value).AddProcessRedactedSecrets(value);
}
