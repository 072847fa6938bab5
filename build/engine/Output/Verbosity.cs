namespace WasmWizard.BuildEngine;

/// <summary>How much a build prints. Each level has everything of the levels after it.</summary>
public enum Verbosity
{
    /// <summary>Everything.</summary>
    Verbose,

    /// <summary>Information, and the output of tools.</summary>
    Normal,

    /// <summary>Warnings and errors.</summary>
    Minimal,

    /// <summary>Errors.</summary>
    Quiet,
}
