using WasmWizard.BuildEngine.Tooling;

namespace WasmWizard.BuildEngine.Tools.DotNet;

/// <summary>Options that several verbs share. Each returns a changed copy; null takes an option away.</summary>
public static class DotNetOptions
{
    /// <summary>The project or solution.</summary>
    public static T SetProjectFile<T>(this T options, string? value)
        where T : DotNetSettings, IDotNetProject => options.Set(DotNetFormats.Project, value);

    /// <summary>The project or solution.</summary>
    public static T SetProject<T>(this T options, string? value)
        where T : DotNetSettings, IDotNetProject => options.Set(DotNetFormats.Project, value);

    /// <summary>For example Release.</summary>
    public static T SetConfiguration<T>(this T options, string? value)
        where T : DotNetSettings, IDotNetConfiguration => options.Set("Configuration", value);

    /// <summary>For example net10.0.</summary>
    public static T SetFramework<T>(this T options, string? value)
        where T : DotNetSettings, IDotNetFramework => options.Set("Framework", value);

    /// <summary>For example linux-x64.</summary>
    public static T SetRuntime<T>(this T options, string? value)
        where T : DotNetSettings, IDotNetRuntime => options.Set("Runtime", value);

    /// <summary>Where results are written.</summary>
    public static T SetOutput<T>(this T options, string? value)
        where T : DotNetSettings, IDotNetOutput => options.Set("Output", value);

    /// <summary>Where results are written.</summary>
    public static T SetOutputDirectory<T>(this T options, string? value)
        where T : DotNetSettings, IDotNetOutput => options.Set("Output", value);

    /// <summary>Where all projects' results are written.</summary>
    public static T SetArtifactsPath<T>(this T options, string? value)
        where T : DotNetSettings, IDotNetOutput => options.Set("ArtifactsPath", value);

    /// <summary>Restores nothing.</summary>
    public static T EnableNoRestore<T>(this T options)
        where T : DotNetSettings, IDotNetNoRestore => options.Set("NoRestore", true);

    /// <summary>Whether nothing is restored.</summary>
    public static T SetNoRestore<T>(this T options, bool? value)
        where T : DotNetSettings, IDotNetNoRestore => options.Set("NoRestore", value);

    /// <summary>Builds nothing.</summary>
    public static T EnableNoBuild<T>(this T options)
        where T : DotNetSettings, IDotNetNoBuild => options.Set("NoBuild", true);

    /// <summary>Whether nothing is built.</summary>
    public static T SetNoBuild<T>(this T options, bool? value)
        where T : DotNetSettings, IDotNetNoBuild => options.Set("NoBuild", value);

    /// <summary>How much is printed.</summary>
    public static T SetVerbosity<T>(this T options, DotNetVerbosity? value)
        where T : DotNetSettings, IDotNetVerbosity => options.Set("Verbosity", value);

    /// <summary>Without the banner.</summary>
    public static T EnableNoLogo<T>(this T options)
        where T : DotNetSettings, IDotNetLoggers => options.Set("NoLogo", true);

    /// <summary>Replaces the loggers.</summary>
    public static T SetLoggers<T>(this T options, params string[] values)
        where T : DotNetSettings, IDotNetLoggers => options.SetList("Loggers", values);

    /// <summary>Adds loggers.</summary>
    public static T AddLoggers<T>(this T options, params string[] values)
        where T : DotNetSettings, IDotNetLoggers => options.Append("Loggers", values);

    /// <summary>The file of the binary log.</summary>
    public static T SetBinaryLog<T>(this T options, string? value)
        where T : DotNetSettings, IDotNetLoggers => options.Set("BinaryLog", value);

    internal static T SetList<T>(this T options, string name, IEnumerable<string> values)
        where T : ToolOptions => options.Set(name, null).Append(name, values);
}
