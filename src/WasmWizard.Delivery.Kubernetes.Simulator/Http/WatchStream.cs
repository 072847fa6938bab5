using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using WasmWizard.Delivery.Kubernetes.Simulator.Objects;

namespace WasmWizard.Delivery.Kubernetes.Simulator.Http;

/// <summary>Changes as they happen, one JSON document a line; bookmarks for those who ask, and the end with 410 for those who are too late.</summary>
internal sealed class WatchStream(SimulatedCluster cluster)
{
    private static readonly TimeSpan Bookmarks = TimeSpan.FromSeconds(5);

    public async Task Serve(HttpContext context, ApiRequest request, Query query)
    {
        var chosen = Selectors.Of(query["labelSelector"], request.Name.Length > 0 ? $"metadata.name={request.Name}" : query["fieldSelector"]);
        var seen = long.TryParse(query["resourceVersion"], CultureInfo.InvariantCulture, out var from) ? from : 0;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
        if (int.TryParse(query["timeoutSeconds"], CultureInfo.InvariantCulture, out var seconds))
            limit.CancelAfter(TimeSpan.FromSeconds(seconds));
        using var changed = new SemaphoreSlim(0);
        void Wake() => changed.Release();
        cluster.Store.Changed += Wake;
        try
        {
            context.Response.ContentType = "application/json";
            if (seen == 0)
                seen = await First(context, request, chosen);
            while (!limit.IsCancellationRequested)
            {
                if (await Next(context, request, chosen, seen) is not { } last)
                    return;
                seen = last;
                if (!await changed.WaitAsync(Bookmarks, limit.Token) && query["allowWatchBookmarks"] == "true")
                    await Write(context, "BOOKMARK", Bookmark(request, seen));
            }
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
            // The watcher left, or its time is over: either way the answer ends here.
        }
        finally
        {
            cluster.Store.Changed -= Wake;
        }
    }

    /// <summary>Without a version everything that is there comes first.</summary>
    private async Task<long> First(HttpContext context, ApiRequest request, Func<JsonObject, bool> chosen)
    {
        List<JsonObject> there;
        long version;
        lock (cluster.Gate)
        {
            there = [.. cluster.Store.All(request.Resource, request.Space.Length > 0 ? request.Space : null).Where(chosen).Select(whole => whole.Copy())];
            version = cluster.Store.Version;
        }

        foreach (var whole in there)
            await Write(context, "ADDED", whole);
        return version;
    }

    /// <returns>The last version that was told; null when the watcher is too late for that.</returns>
    private async Task<long?> Next(HttpContext context, ApiRequest request, Func<JsonObject, bool> chosen, long seen)
    {
        List<(string Type, JsonObject Object)> news = [];
        ApiFailureException? late = null;
        lock (cluster.Gate)
        {
            if (seen < cluster.Store.Oldest)
                late = ApiFailureException.Gone($"too old resource version: {seen} ({cluster.Store.Oldest})");
            foreach (var change in cluster.Store.Since(seen))
            {
                seen = change.Version;
                if (change.Resource == request.Resource && (request.Space.Length == 0 || change.Object.Space() == request.Space) && chosen(change.Object))
                    news.Add((change.Type, change.Object.Copy()));
            }
        }

        if (late is not null)
        {
            await Write(context, "ERROR", late.ToStatus());
            return null;
        }

        foreach (var (type, whole) in news)
            await Write(context, type, whole);
        return seen;
    }

    private static JsonObject Bookmark(ApiRequest request, long version) => new()
    {
        ["kind"] = request.Resource.Kind,
        ["apiVersion"] = request.Resource.ApiVersion,
        ["metadata"] = new JsonObject { ["resourceVersion"] = version.ToString(CultureInfo.InvariantCulture), ["creationTimestamp"] = null },
    };

    private static async Task Write(HttpContext context, string type, JsonObject whole)
    {
        await context.Response.WriteAsync(new JsonObject { ["type"] = type, ["object"] = whole }.ToJsonString() + "\n", context.RequestAborted);
        await context.Response.Body.FlushAsync(context.RequestAborted);
    }
}
