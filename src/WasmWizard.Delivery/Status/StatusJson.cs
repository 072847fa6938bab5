using WasmWizard.Delivery.Ledger;

namespace WasmWizard.Delivery.Status;

/// <summary>
/// <c>Status --json</c>: <c>environment branch phase url since release{version,commit,tree,digest} by drift[]</c>, every field always
/// there, null where there is nothing to say. Example:
/// <code>{"environment":"research","branch":"research","phase":"Healthy","url":"http://127.0.0.1:8095/","since":"2026-01-02T03:04:05.678Z","release":{"version":"1.4.0","commit":"..","tree":"..","digest":"sha256:.."},"by":"ada@host 42","drift":[]}</code>
/// </summary>
public static class StatusJson
{
    public static string Write(EnvironmentStatus status) => JsonText.Write(json =>
    {
        json.WriteString("environment", status.Environment.ToString().ToLowerInvariant());
        json.WriteString("branch", status.Branch);
        json.WriteString("phase", status.Phase.ToString());
        json.WriteString("url", status.Url?.ToString());
        json.WriteString("since", status.Since is { } since ? LedgerJson.Time(since) : null);
        if (status.Release is { } release)
        {
            json.WriteStartObject("release");
            json.WriteString("version", release.Version);
            json.WriteString("commit", release.Commit);
            json.WriteString("tree", release.Tree);
            json.WriteString("digest", release.Digest.ToString());
            json.WriteEndObject();
        }
        else
        {
            json.WriteNull("release");
        }

        json.WriteString("by", status.By);
        json.WriteStartArray("drift");
        foreach (var line in status.Drift)
        {
            json.WriteStringValue(line);
        }

        json.WriteEndArray();
    });
}
