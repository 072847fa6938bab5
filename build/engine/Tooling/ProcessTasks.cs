namespace WasmWizard.BuildEngine.Tooling;

/// <summary>Starts programs. A dictionary of variables extends the environment; a timeout is in milliseconds and ends the whole process tree.</summary>
public static class ProcessTasks
{
    /// <summary>Whether output is printed when a call does not say. Per run.</summary>
    public static bool DefaultLogOutput
    {
        get => BuildSession.Current.ToolDefaults.LogOutput;
        set => BuildSession.Current.ToolDefaults.LogOutput = value;
    }

    /// <summary>Whether the command is printed when a call does not say. Per run.</summary>
    public static bool DefaultLogInvocation
    {
        get => BuildSession.Current.ToolDefaults.LogInvocation;
        set => BuildSession.Current.ToolDefaults.LogInvocation = value;
    }

    /// <summary>Whether the working directory is printed too. Per run.</summary>
    public static bool LogWorkingDirectory
    {
        get => BuildSession.Current.ToolDefaults.LogWorkingDirectory;
        set => BuildSession.Current.ToolDefaults.LogWorkingDirectory = value;
    }

    /// <summary>Where programs run when a call does not say. Per run; the root at first.</summary>
    public static string DefaultWorkingDirectory
    {
        get => BuildSession.Current.ToolDefaults.WorkingDirectory ?? BuildSession.Current.Root;
        set => BuildSession.Current.ToolDefaults.WorkingDirectory = value;
    }

    /// <summary>Starts a program with an argument line; values of an interpolated line are quoted when they need it.</summary>
    public static IProcess StartProcess(
        string toolPath, ArgumentStringHandler arguments, string? workingDirectory = null, IReadOnlyDictionary<string, string>? environmentVariables = null,
        int? timeout = null, bool? logOutput = null, bool? logInvocation = null, Action<OutputType, string>? logger = null, Func<string, string>? outputFilter = null)
    {
        BuildSession.Current.Hide(arguments.Secrets);
        return Start(toolPath, arguments.ToString(), workingDirectory, environmentVariables, timeout, logOutput, logInvocation, logger, outputFilter);
    }

    /// <summary>Starts a program with an argument line as it is.</summary>
    public static IProcess StartProcess(
        string toolPath, string? arguments = null, string? workingDirectory = null, IReadOnlyDictionary<string, string>? environmentVariables = null,
        int? timeout = null, bool? logOutput = null, bool? logInvocation = null, Action<OutputType, string>? logger = null, Func<string, string>? outputFilter = null) =>
        Start(toolPath, arguments ?? "", workingDirectory, environmentVariables, timeout, logOutput, logInvocation, logger, outputFilter);

    /// <summary>Starts a command of the system's shell.</summary>
    public static IProcess StartShell(
        string command, string? workingDirectory = null, IReadOnlyDictionary<string, string>? environmentVariables = null,
        int? timeout = null, bool? logOutput = null, bool? logInvocation = null, Action<OutputType, string>? logger = null, Func<string, string>? outputFilter = null) =>
        OperatingSystem.IsWindows()
            ? Start("cmd.exe", $"/c {command}", workingDirectory, environmentVariables, timeout, logOutput, logInvocation, logger, outputFilter)
            : Start("/bin/sh", $"-c \"{command.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"", workingDirectory, environmentVariables, timeout, logOutput, logInvocation, logger, outputFilter);

    private static RunningProcess Start(
        string toolPath, string arguments, string? workingDirectory, IReadOnlyDictionary<string, string>? environmentVariables,
        int? timeout, bool? logOutput, bool? logInvocation, Action<OutputType, string>? logger, Func<string, string>? outputFilter) =>
        RunningProcess.Start(new ProcessStart(toolPath, arguments, workingDirectory ?? DefaultWorkingDirectory)
        {
            EnvironmentVariables = environmentVariables ?? new Dictionary<string, string>(),
            Timeout = timeout,
            LogOutput = logOutput,
            LogInvocation = logInvocation,
            Logger = logger,
            OutputFilter = outputFilter,
        });
}
