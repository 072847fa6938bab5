using WasmWizard.Delivery.GitHub.Actions;

namespace WasmWizard.Delivery.GitHub.Workflows;

/// <summary>One step of a job.</summary>
public abstract record Step
{
    private Step()
    {
    }

    /// <summary>What people see in the log; empty shows the command or the action.</summary>
    public string Name { get; init; } = "";

    /// <summary>What expressions call it by, as <c>steps.ID.outputs</c>; empty where nothing asks for it.</summary>
    public string Id { get; init; } = "";

    /// <summary>An expression; empty runs the step while the steps before it succeeded.</summary>
    public string Condition { get; init; } = "";

    /// <summary>Reasons, written above the step.</summary>
    public IReadOnlyList<string> Comment { get; init; } = [];

    /// <summary>An action at its pinned commit.</summary>
    public sealed record Use(PinnedAction Action, params IReadOnlyList<Setting> Inputs) : Step;

    /// <summary>A script.</summary>
    public sealed record Run : Step
    {
        /// <param name="script">
        /// Without expressions of the platform: those are pasted in before the shell reads the script, so that a branch's name could
        /// become a command. Values go through <see cref="Variables"/>.
        /// </param>
        /// <exception cref="ArgumentException">The script is empty or holds an expression.</exception>
        public Run(string script)
        {
            ArgumentException.ThrowIfNullOrWhiteSpace(script);
            if (script.Contains("${{", StringComparison.Ordinal))
                throw new ArgumentException($"A script must take its values from variables, not from expressions: {script}", nameof(script));
            Script = script;
        }

        public string Script { get; }

        public IReadOnlyList<Setting> Variables { get; init; } = [];

        /// <summary>The shell to run it; empty takes the machine's default.</summary>
        public string Shell { get; init; } = "";
    }
}
