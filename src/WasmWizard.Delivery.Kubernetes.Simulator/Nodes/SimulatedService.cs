using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using WasmWizard.Delivery.Kubernetes.Simulator.Controllers;
using WasmWizard.Delivery.Kubernetes.Simulator.Objects;

namespace WasmWizard.Delivery.Kubernetes.Simulator.Nodes;

/// <summary>What a pod of the service answers, as far as a rollout asks: health, metrics, one execution. Traffic of users passes by itself.</summary>
internal sealed partial class SimulatedService(Scope scope, Kubelet kubelet, Func<string, SimulatedImage> images)
{
    private readonly HashSet<string> _keys = [];

    /// <summary>Requests of users in a second; they reach every ready pod alike.</summary>
    public double RequestsPerSecond { get; set; }

    /// <summary>Requests of users that no pod was there for.</summary>
    public double Unanswered { get; private set; }

    public double Answered { get; private set; }

    /// <summary>What <c>admin register-key</c> does.</summary>
    public void Register(string key) => _keys.Add(key);

    public void Pass(TimeSpan time)
    {
        var requests = RequestsPerSecond * time.TotalSeconds;
        var ready = scope.Store.All(Scope.Pods).Where(pod => Scope.IsReady(pod) && pod.Labels().Text("app.kubernetes.io/component") == "service").ToList();
        if (ready.Count == 0)
        {
            Unanswered += requests;
            return;
        }

        Answered += requests;
        foreach (var pod in ready)
        {
            var (run, image) = (kubelet.RunOf(pod), ImageOf(pod));
            run.Requests += requests / ready.Count;
            run.Errors += requests / ready.Count * image.ErrorShare;
            run.Slow += requests / ready.Count * image.SlowShare;
        }
    }

    public (int Status, string Type, string Body) Answer(JsonObject pod, string method, string path, string? key, byte[] body)
    {
        if (kubelet.RunOf(pod).Started is null || Scope.Condition(pod, "Ready") is null)
            return (502, "text/plain", $"error trying to reach service: dial tcp: connect: connection refused");
        var image = ImageOf(pod);
        return (method, path) switch
        {
            ("GET", "/health/live") => (200, "application/json", "{}"),
            ("GET", "/health/ready") => Scope.IsReady(pod) ? (200, "application/json", """{"status":"ready"}""") : (503, "application/json", """{"status":"unready"}"""),
            ("GET", "/metrics") => (200, "text/plain", Metrics(kubelet.RunOf(pod))),
            ("POST", "/api/execute") => Execute(image, key, body),
            _ => (404, "application/json", "{}"),
        };
    }

    private (int Status, string Type, string Body) Execute(SimulatedImage image, string? key, byte[] body)
    {
        if (key is null || !_keys.Contains(key))
            return (401, "application/problem+json", """{"error":"a key is required"}""");
        if (image.ErrorShare >= 1)
            return (500, "application/problem+json", """{"error":"internal error"}""");
        var input = Input().Match(Encoding.Latin1.GetString(body)).Groups["text"].Value;
        return (200, "application/json", new JsonObject { ["output"] = image.ExecutesWrongly ? "" : $"wasm-wizard probe {input}", ["exitCode"] = 0 }.ToJsonString());
    }

    private static string Metrics(PodRun run) => string.Create(CultureInfo.InvariantCulture, $$"""
        # TYPE wasm_wizard_http_requests_total counter
        wasm_wizard_http_requests_total{method="POST",route="/api/execute",status="200"} {{Math.Floor(run.Requests) - Math.Floor(run.Errors)}}
        wasm_wizard_http_requests_total{method="POST",route="/api/execute",status="500"} {{Math.Floor(run.Errors)}}
        wasm_wizard_http_requests_total{method="GET",route="/health/ready",status="200"} 12
        wasm_wizard_http_request_duration_seconds_bucket{method="POST",route="/api/execute",status="200",le="0.2"} {{Math.Floor(run.Requests) - Math.Floor(run.Slow)}}
        wasm_wizard_http_request_duration_seconds_count{method="POST",route="/api/execute",status="200"} {{Math.Floor(run.Requests)}}

        """);

    private SimulatedImage ImageOf(JsonObject pod) => images(pod.At("spec", "containers")!.AsArray()[0].Text("image") ?? "");

    [GeneratedRegex("name=\"?input\"?.*?\r\n\r\n(?<text>.*?)\r\n--", RegexOptions.Singleline)]
    private static partial Regex Input();
}
