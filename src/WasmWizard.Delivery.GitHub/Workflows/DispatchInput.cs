namespace WasmWizard.Delivery.GitHub.Workflows;

/// <summary>What a person fills in before starting a workflow by hand.</summary>
/// <param name="Name">As <c>inputs.NAME</c>.</param>
/// <param name="Description">One line beside the field.</param>
public abstract record DispatchInput(string Name, string Description)
{
    /// <summary>Any text. Scripts see it as a variable only.</summary>
    public sealed record Text(string Name, string Description, bool Required) : DispatchInput(Name, Description);

    /// <summary>One of the given words; always filled in.</summary>
    public sealed record Choice(string Name, string Description, IReadOnlyList<string> Options) : DispatchInput(Name, Description);

    /// <summary>Yes or no.</summary>
    public sealed record Switch(string Name, string Description, bool Default) : DispatchInput(Name, Description);
}
