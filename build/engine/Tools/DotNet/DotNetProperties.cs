using WasmWizard.BuildEngine.Tooling;

namespace WasmWizard.BuildEngine.Tools.DotNet;

/// <summary>MSBuild properties. A semicolon in a value is escaped; true and false are written in small letters.</summary>
public static class DotNetProperties
{
    /// <summary>Sets a property.</summary>
    public static T SetProperty<T>(this T options, string name, object value)
        where T : DotNetSettings, IDotNetProperties => options.SetPair(DotNetFormats.Properties, name, value);

    /// <summary>Sets a property.</summary>
    public static T AddProperty<T>(this T options, string name, object value)
        where T : DotNetSettings, IDotNetProperties => options.SetProperty(name, value);

    /// <summary>The version of everything.</summary>
    public static T SetVersion<T>(this T options, string? value)
        where T : DotNetSettings, IDotNetProperties => options.SetOptional("Version", value);

    /// <summary>The version without its suffix.</summary>
    public static T SetVersionPrefix<T>(this T options, string? value)
        where T : DotNetSettings, IDotNetProperties => options.SetOptional("VersionPrefix", value);

    /// <summary>The assembly's version.</summary>
    public static T SetAssemblyVersion<T>(this T options, string? value)
        where T : DotNetSettings, IDotNetProperties => options.SetOptional("AssemblyVersion", value);

    /// <summary>The file's version.</summary>
    public static T SetFileVersion<T>(this T options, string? value)
        where T : DotNetSettings, IDotNetProperties => options.SetOptional("FileVersion", value);

    /// <summary>The version that people read.</summary>
    public static T SetInformationalVersion<T>(this T options, string? value)
        where T : DotNetSettings, IDotNetProperties => options.SetOptional("InformationalVersion", value);

    /// <summary>Warnings that are not shown.</summary>
    public static T SetNoWarns<T>(this T options, params string[] values)
        where T : DotNetSettings, IDotNetProperties => options.SetProperty("NoWarn", string.Join(';', values));

    /// <summary>Every warning is an error.</summary>
    public static T SetTreatWarningsAsErrors<T>(this T options, bool? value)
        where T : DotNetSettings, IDotNetProperties => options.SetOptional("TreatWarningsAsErrors", value);

    /// <summary>These warnings are errors.</summary>
    public static T SetWarningsAsErrors<T>(this T options, params string[] values)
        where T : DotNetSettings, IDotNetProperties => options.SetProperty("WarningsAsErrors", string.Join(';', values));

    /// <summary>The package's name.</summary>
    public static T SetPackageId<T>(this T options, string? value)
        where T : DotNetSettings, IDotNetProperties => options.SetOptional("PackageId", value);

    /// <summary>What is new in the package.</summary>
    public static T SetPackageReleaseNotes<T>(this T options, string? value)
        where T : DotNetSettings, IDotNetProperties => options.SetOptional("PackageReleaseNotes", value);

    /// <summary>Where the package's sources are.</summary>
    public static T SetRepositoryUrl<T>(this T options, string? value)
        where T : DotNetSettings, IDotNetProperties => options.SetOptional("RepositoryUrl", value);

    /// <summary>One file with everything.</summary>
    public static T SetPublishSingleFile<T>(this T options, bool? value)
        where T : DotNetSettings, IDotNetProperties => options.SetOptional("PublishSingleFile", value);

    /// <summary>Compiled ahead of time.</summary>
    public static T SetPublishReadyToRun<T>(this T options, bool? value)
        where T : DotNetSettings, IDotNetProperties => options.SetOptional("PublishReadyToRun", value);

    /// <summary>Without what is not used.</summary>
    public static T SetPublishTrimmed<T>(this T options, bool? value)
        where T : DotNetSettings, IDotNetProperties => options.SetOptional("PublishTrimmed", value);

    /// <summary>Paths and times of the machine stay out of the result.</summary>
    public static T SetContinuousIntegrationBuild<T>(this T options, bool? value)
        where T : DotNetSettings, IDotNetProperties => options.SetOptional("ContinuousIntegrationBuild", value);

    /// <summary>The same input gives the same bytes.</summary>
    public static T SetDeterministic<T>(this T options, bool? value)
        where T : DotNetSettings, IDotNetProperties => options.SetOptional("Deterministic", value);

    private static T SetOptional<T>(this T options, string name, object? value)
        where T : DotNetSettings, IDotNetProperties => value is null ? options : options.SetProperty(name, value);
}
