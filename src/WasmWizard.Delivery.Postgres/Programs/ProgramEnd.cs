using WasmWizard.Delivery.Ports;

namespace WasmWizard.Delivery.Postgres.Programs;

/// <summary>How a program that did not end well is told of.</summary>
public static class ProgramEnd
{
    /// <summary>The end says why; the rest is what it was doing.</summary>
    private const int ShownCharacters = 600;

    public static StepFailedException Failure(string program, long exitCode, string said)
    {
        var text = said.Trim();
        return new($"{program} ended with exit code {exitCode}; required: 0. It said: {(text.Length > ShownCharacters ? "…" + text[^ShownCharacters..] : text)}");
    }
}
