using System.Runtime.InteropServices;
using WasmWizard.BuildEngine.IO;

namespace WasmWizard.BuildEngine;

/// <summary>Folders that systems give names to.</summary>
public enum SpecialFolders
{
    /// <summary>The person's home.</summary>
    UserProfile = System.Environment.SpecialFolder.UserProfile,

    /// <summary>Settings that follow the person.</summary>
    ApplicationData = System.Environment.SpecialFolder.ApplicationData,

    /// <summary>Settings of this machine.</summary>
    LocalApplicationData = System.Environment.SpecialFolder.LocalApplicationData,
}

/// <summary>The system and the environment that the running build sees.</summary>
public static class EnvironmentInfo
{
    /// <summary>Windows.</summary>
    public static bool IsWin => OperatingSystem.IsWindows();

    /// <summary>Linux or macOS.</summary>
    public static bool IsUnix => !IsWin;

    /// <summary>Linux.</summary>
    public static bool IsLinux => OperatingSystem.IsLinux();

    /// <summary>macOS.</summary>
    public static bool IsOsx => OperatingSystem.IsMacOS();

    /// <summary>A 64-bit ARM process.</summary>
    public static bool IsArm64 => RuntimeInformation.ProcessArchitecture == Architecture.Arm64;

    /// <summary>Linux inside Windows.</summary>
    public static bool IsWsl => IsLinux && HasVariable("WSL_DISTRO_NAME");

    /// <summary>Where relative paths of the command line begin.</summary>
    public static AbsolutePath WorkingDirectory => BuildSession.CurrentOrNull?.Invocation.WorkingDirectory ?? Directory.GetCurrentDirectory();

    /// <summary>All variables.</summary>
    public static IReadOnlyDictionary<string, string> Variables => BuildSession.CurrentOrNull?.Invocation.EnvironmentVariables ?? BuildInvocation.ProcessEnvironment();

    /// <summary>A variable; null when it is not set or empty.</summary>
    public static string? GetVariable(string name)
    {
        BuildSession.CurrentOrNull?.Reads.Variable(name);
        return Find(name);
    }

    /// <summary>A variable as a value of another type; the type's default when it is not set.</summary>
    public static T? GetVariable<T>(string name) =>
        GetVariable(name) is { } text ? (T)ValueConverter.FromWords([text], typeof(T), WorkingDirectory) : default;

    /// <summary>Whether a variable is set and not empty.</summary>
    public static bool HasVariable(string name) => GetVariable(name) is not null;

    /// <summary>For the engine's own questions, which are no inputs of a target.</summary>
    internal static string? Find(string name) => Variables.GetValueOrDefault(name) is { Length: > 0 } value ? value : null;

    /// <summary>A folder by its meaning.</summary>
    public static AbsolutePath SpecialFolder(SpecialFolders folder) =>
        AbsolutePath.Create(System.Environment.GetFolderPath((System.Environment.SpecialFolder)folder));
}
