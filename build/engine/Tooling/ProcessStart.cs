namespace WasmWizard.BuildEngine.Tooling;

/// <summary>Everything a child is started with.</summary>
internal sealed record ProcessStart(string ToolPath, string ArgumentLine, string WorkingDirectory)
{
    /// <summary>On top of the build's own environment.</summary>
    public IReadOnlyDictionary<string, string> EnvironmentVariables { get; init; } = new Dictionary<string, string>();

    /// <summary>In milliseconds; null for as long as it takes.</summary>
    public int? Timeout { get; init; }

    public bool? LogOutput { get; init; }

    public bool? LogInvocation { get; init; }

    public Action<OutputType, string>? Logger { get; init; }

    public Func<string, string>? OutputFilter { get; init; }
}

/// <summary>How tools of one run behave when their call does not say.</summary>
internal sealed class ToolDefaults
{
    public bool LogOutput { get; set; } = true;

    public bool LogInvocation { get; set; } = true;

    public bool LogWorkingDirectory { get; set; }

    public string? WorkingDirectory { get; set; }
}
