using System.Text.RegularExpressions;

namespace WasmWizard.Delivery.GitHub.Workflows;

/// <summary>The name of a job: what <c>needs</c> and required checks refer to, and what people see.</summary>
public readonly partial record struct JobId
{
    private readonly string? _word;

    /// <exception cref="ArgumentException">The platform would refuse the name.</exception>
    public JobId(string word) =>
        _word = Shape().IsMatch(word) ? word : throw new ArgumentException($"'{word}' cannot name a job: a letter or _, then letters, digits, - and _.", nameof(word));

    /// <summary>The job of a target: <c>VerifyGenerated</c> becomes <c>verify-generated</c>.</summary>
    public static JobId Of(string target) => new(Humps().Replace(target, "-").ToLowerInvariant());

    public override string ToString() => _word ?? "";

    [GeneratedRegex(@"^[A-Za-z_][A-Za-z0-9_-]*\z")]
    private static partial Regex Shape();

    [GeneratedRegex(@"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")]
    private static partial Regex Humps();
}
