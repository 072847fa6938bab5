namespace WasmWizard.Delivery.Gates.Tests;

/// <summary>What one test project reported.</summary>
/// <param name="Project">Its name.</param>
/// <param name="Passed">Tests that ran and held.</param>
/// <param name="Failed">Names of those that did not.</param>
/// <param name="Skipped">Names of those that did not run.</param>
/// <param name="Aborted">The runner itself says that the run did not complete.</param>
public sealed record TestRun(string Project, int Passed, IReadOnlyList<string> Failed, IReadOnlyList<string> Skipped, bool Aborted)
{
    public int Total => Passed + Failed.Count + Skipped.Count;
}
