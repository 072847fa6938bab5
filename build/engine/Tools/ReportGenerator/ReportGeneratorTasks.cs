using WasmWizard.BuildEngine.Tooling;

namespace WasmWizard.BuildEngine.Tools.ReportGenerator;

/// <summary>Makes coverage reports with the ReportGenerator package, which the build's project has to restore.</summary>
public static class ReportGeneratorTasks
{
    /// <summary>Makes a report.</summary>
    public static IReadOnlyCollection<Output> ReportGenerator(ReportGeneratorSettings options) => ToolRun.Execute(options);

    /// <inheritdoc cref="ReportGenerator(ReportGeneratorSettings)"/>
    public static IReadOnlyCollection<Output> ReportGenerator(Configure<ReportGeneratorSettings> configurator) => ToolRun.Execute(configurator.Invoke(new ReportGeneratorSettings()));
}

/// <summary>What ReportGenerator writes.</summary>
public sealed class ReportTypes : Enumeration
{
    /// <summary>Pages.</summary>
    public static ReportTypes Html { get; } = new() { Value = nameof(Html) };

    /// <summary>Pages with scripts and styles inside.</summary>
    public static ReportTypes HtmlInline { get; } = new() { Value = nameof(HtmlInline) };

    /// <summary>Figures as text.</summary>
    public static ReportTypes TextSummary { get; } = new() { Value = nameof(TextSummary) };

    /// <summary>Figures as JSON.</summary>
    public static ReportTypes JsonSummary { get; } = new() { Value = nameof(JsonSummary) };

    /// <summary>All inputs as one Cobertura file.</summary>
    public static ReportTypes Cobertura { get; } = new() { Value = nameof(Cobertura) };

    /// <summary>Figures for a run's page on GitHub.</summary>
    public static ReportTypes MarkdownSummaryGithub { get; } = new() { Value = nameof(MarkdownSummaryGithub) };

    /// <summary>Pictures.</summary>
    public static ReportTypes Badges { get; } = new() { Value = nameof(Badges) };

    /// <summary>The text of the value.</summary>
    public static implicit operator string(ReportTypes type) => type.Value;
}

/// <summary>Options of ReportGenerator.</summary>
public sealed class ReportGeneratorSettings : ToolOptions
{
    internal const string FrameworkName = "Framework";

    internal override string ToolPath =>
        NuGetToolPathResolver.GetPackageExecutable("ReportGenerator", "ReportGenerator.dll", framework: Get(FrameworkName) as string);

    internal override IReadOnlyList<OptionFormat> Formats { get; } =
    [
        OptionFormat.Joined("Reports", "-reports:", ';'),
        OptionFormat.Assignment("TargetDirectory", "-targetdir:"),
        OptionFormat.Joined("ReportTypes", "-reporttypes:", ';'),
        OptionFormat.Joined("AssemblyFilters", "-assemblyfilters:", ';'),
        OptionFormat.Joined("ClassFilters", "-classfilters:", ';'),
        OptionFormat.Joined("FileFilters", "-filefilters:", ';'),
        OptionFormat.Assignment("HistoryDirectory", "-historydir:"),
        OptionFormat.Assignment("Tag", "-tag:"),
        OptionFormat.Assignment("Title", "-title:"),
        OptionFormat.Assignment("Verbosity", "-verbosity:"),
    ];
}

/// <summary>Options of ReportGenerator. Each returns a changed copy.</summary>
public static class ReportGeneratorOptions
{
    /// <summary>Coverage files, also as globs.</summary>
    public static ReportGeneratorSettings SetReports(this ReportGeneratorSettings options, params string[] values) => options.Set("Reports", null).Append("Reports", values);

    /// <inheritdoc cref="SetReports(ReportGeneratorSettings, string[])"/>
    public static ReportGeneratorSettings SetReports(this ReportGeneratorSettings options, IEnumerable<string> values) => options.SetReports([.. values]);

    /// <summary>Where the report is written.</summary>
    public static ReportGeneratorSettings SetTargetDirectory(this ReportGeneratorSettings options, string? value) => options.Set("TargetDirectory", value);

    /// <summary>What is written.</summary>
    public static ReportGeneratorSettings SetReportTypes(this ReportGeneratorSettings options, params ReportTypes[] values) =>
        options.Set("ReportTypes", null).Append("ReportTypes", values.Select(value => value.ToString()));

    /// <summary>Assemblies, e.g. <c>+Mine.*</c> and <c>-*.Tests</c>.</summary>
    public static ReportGeneratorSettings SetAssemblyFilters(this ReportGeneratorSettings options, params string[] values) => options.Set("AssemblyFilters", null).Append("AssemblyFilters", values);

    /// <summary>Classes.</summary>
    public static ReportGeneratorSettings SetClassFilters(this ReportGeneratorSettings options, params string[] values) => options.Set("ClassFilters", null).Append("ClassFilters", values);

    /// <summary>Files.</summary>
    public static ReportGeneratorSettings SetFileFilters(this ReportGeneratorSettings options, params string[] values) => options.Set("FileFilters", null).Append("FileFilters", values);

    /// <summary>Earlier figures, for a trend.</summary>
    public static ReportGeneratorSettings SetHistoryDirectory(this ReportGeneratorSettings options, string? value) => options.Set("HistoryDirectory", value);

    /// <summary>What was measured.</summary>
    public static ReportGeneratorSettings SetTag(this ReportGeneratorSettings options, string? value) => options.Set("Tag", value);

    /// <summary>The report's title.</summary>
    public static ReportGeneratorSettings SetTitle(this ReportGeneratorSettings options, string? value) => options.Set("Title", value);

    /// <summary>The framework whose program runs, e.g. <c>net10.0</c>; the newest without it.</summary>
    public static ReportGeneratorSettings SetFramework(this ReportGeneratorSettings options, string? value) => options.Set(ReportGeneratorSettings.FrameworkName, value);
}
