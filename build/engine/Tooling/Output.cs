namespace WasmWizard.BuildEngine.Tooling;

/// <summary>The stream a line came from. Says nothing about success.</summary>
public enum OutputType
{
    /// <summary>Standard output.</summary>
    Std,

    /// <summary>Standard error.</summary>
    Err,
}

/// <summary>One line of a process.</summary>
public readonly record struct Output(OutputType Type, string Text);

/// <summary>Runs a program that was found before.</summary>
public delegate IReadOnlyCollection<Output> Tool(
    ArgumentStringHandler arguments, string? workingDirectory = null, IReadOnlyDictionary<string, string>? environmentVariables = null, int? timeout = null,
    bool? logOutput = null, bool? logInvocation = null, Action<OutputType, string>? logger = null, Action<IProcess>? exitHandler = null);

/// <summary>A class that stands for a program on the PATH, for <c>Requires&lt;TTool&gt;()</c>.</summary>
public interface IRequireTool
{
    /// <summary>The program's name.</summary>
    static abstract string Executable { get; }
}
