using System.Text.Json;
using WasmWizard.BuildEngine.IO;

namespace WasmWizard.BuildEngine;

/// <summary>The JSON documents that targets published in this run.</summary>
internal sealed class PublishedDocuments
{
    private readonly Lock _lock = new();
    private readonly List<(string Target, string Json)> _documents = [];

    /// <summary>Keeps the document for stdout and writes it to <c>artifacts/&lt;target&gt;.json</c>.</summary>
    public void Publish(string target, string json, AbsolutePath root, Redactor redactor)
    {
        // Refused here rather than by whoever reads it.
        JsonDocument.Parse(json).Dispose();
        var safe = redactor.Redact(json).TrimEnd();
        (root / "artifacts" / $"{target.ToLowerInvariant()}.json").WriteAllText(safe);
        lock (_lock)
            _documents.Add((target, safe));
    }

    /// <summary>The document of the target that was invoked last, else the one that was published last, else null.</summary>
    public string? Choose(IEnumerable<ExecutableTarget> invoked)
    {
        lock (_lock)
        {
            var wanted = invoked.Reverse().Select(target => _documents.LastOrDefault(document => document.Target == target.Name).Json);
            return wanted.FirstOrDefault(json => json is not null) ?? _documents.LastOrDefault().Json;
        }
    }
}
