namespace WasmWizard.BuildEngine.Tooling;

/// <summary>Finds programs.</summary>
public static class ToolPathResolver
{
    internal static string DotNet => EnvironmentInfo.Find("DOTNET_EXE") ?? EnvironmentInfo.Find("DOTNET_HOST_PATH") ?? TryFindOnPath("dotnet") ?? "dotnet";

    /// <summary>A program on the PATH, or where the name already is a path.</summary>
    /// <exception cref="UsageException">It is not there.</exception>
    public static string GetPathExecutable(string pathExecutable) =>
        TryFindOnPath(pathExecutable) ?? throw new UsageException($"The program {pathExecutable} is not on the PATH. Install it, or set {VariableOf(pathExecutable)} to where it is.");

    internal static string? TryFindOnPath(string name)
    {
        if (Path.IsPathFullyQualified(name))
            return File.Exists(name) ? name : null;
        string[] extensions = OperatingSystem.IsWindows() ? [".exe", ".cmd", ".bat", ""] : [""];
        var folders = (EnvironmentInfo.Find("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        return folders
            .Where(Path.IsPathFullyQualified)
            .SelectMany(folder => extensions.Select(extension => Path.Combine(folder, name + extension)))
            .FirstOrDefault(File.Exists);
    }

    internal static string VariableOf(string name) => string.Concat(name.Select(letter => char.IsLetterOrDigit(letter) ? char.ToUpperInvariant(letter) : '_')) + "_EXE";
}

/// <summary>Finds programs and wraps them as <see cref="Tool"/>.</summary>
public static class ToolResolver
{
    /// <summary>The program at a path.</summary>
    public static Tool GetTool(string toolPath) => new ToolExecutor(toolPath).Execute;

    /// <summary>A program on the PATH.</summary>
    public static Tool GetPathTool(string name) => GetTool(ToolPathResolver.GetPathExecutable(name));

    /// <summary>A program in a NuGet package of the build.</summary>
    public static Tool GetNuGetTool(string packageId, string packageExecutable, string? version = null, string? framework = null) =>
        GetTool(NuGetToolPathResolver.GetPackageExecutable(packageId, packageExecutable, version, framework));

    /// <summary>The program whose path is in the variable <c>NAME_EXE</c>; null without it.</summary>
    public static Tool? TryGetEnvironmentTool(string name)
    {
        if (EnvironmentInfo.Find(ToolPathResolver.VariableOf(name)) is not { } path)
            return null;
        return File.Exists(path) ? GetTool(path) : throw new UsageException($"{ToolPathResolver.VariableOf(name)} is {path}, where no file is. Correct or unset it.");
    }

    private sealed class ToolExecutor(string toolPath)
    {
        public IReadOnlyCollection<Output> Execute(
            ArgumentStringHandler arguments, string? workingDirectory, IReadOnlyDictionary<string, string>? environmentVariables, int? timeout,
            bool? logOutput, bool? logInvocation, Action<OutputType, string>? logger, Action<IProcess>? exitHandler)
        {
            using var process = ProcessTasks.StartProcess(toolPath, arguments, workingDirectory, environmentVariables, timeout, logOutput, logInvocation, logger);
            process.AssertWaitForExit();
            if (exitHandler is null)
                process.AssertZeroExitCode();
            else
                exitHandler(process);
            return process.Output;
        }
    }
}
