namespace WasmWizard.Delivery.Checking;

/// <summary>How much a finding weighs: an error ends <c>Check</c> with exit code 3, a warning is shown.</summary>
public enum CheckSeverity
{
    Warning,
    Error,
}

/// <summary>A place where a repository does not keep what it, or its strategy, promises.</summary>
/// <param name="Rule">Id of the rule, e.g. <c>WW6201</c>; docs/reference/checks.md explains it.</param>
/// <param name="Severity">Whether it fails the check.</param>
/// <param name="File">Relative to the repository's root, with forward slashes.</param>
/// <param name="Line">From 1.</param>
/// <param name="Promised">The line of the strategy that is broken, as <c>file:line: text</c>; without one, what the rule asks for.</param>
/// <param name="Found">What stands there.</param>
/// <param name="Fix">What to write instead.</param>
public sealed record CheckFinding(string Rule, CheckSeverity Severity, string File, int Line, string Promised, string Found, string Fix);
