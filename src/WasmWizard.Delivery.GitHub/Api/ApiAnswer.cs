using System.Text.Json.Nodes;

namespace WasmWizard.Delivery.GitHub.Api;

/// <summary>What the platform said to one request.</summary>
/// <param name="Status">The HTTP status; 0 when nothing answered.</param>
/// <param name="Body">The document; null when there is none or it is no JSON.</param>
/// <param name="Reason">For a person, when it did not succeed; never holds the token.</param>
public sealed record ApiAnswer(int Status, JsonNode? Body, string Reason)
{
    public const int NotFound = 404;
    public const int Unauthorized = 401;

    public bool Succeeded => Status is >= 200 and < 300;

    public override string ToString() => Succeeded ? $"{Status}" : $"{(Status == 0 ? "no answer" : Status)}: {Reason}";
}
