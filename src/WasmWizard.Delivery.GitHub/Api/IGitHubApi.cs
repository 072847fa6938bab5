using System.Text.Json.Nodes;

namespace WasmWizard.Delivery.GitHub.Api;

/// <summary>The platform's REST interface. An answer that is no success is a value, because what it means depends on the question.</summary>
public interface IGitHubApi
{
    /// <summary>Reads; a list comes whole, whatever the number of its pages.</summary>
    /// <param name="path">Relative, already escaped: <c>repos/o/r/rulesets</c>.</param>
    Task<ApiAnswer> Read(string path, CancellationToken cancellation);

    /// <summary>Writes once; nothing is tried again, because the caller reads back what became of it.</summary>
    /// <param name="method">POST, PUT, PATCH or DELETE.</param>
    Task<ApiAnswer> Write(string method, string path, JsonNode? body, CancellationToken cancellation);

    /// <summary>Sends a file's bytes to an address that the platform gave for them.</summary>
    Task<ApiAnswer> Upload(Uri address, string file, CancellationToken cancellation);
}
