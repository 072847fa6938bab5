using System.Buffers;
using System.Text.RegularExpressions;
using WasmWizard.Delivery.Checking.Snapshots;

namespace WasmWizard.Delivery.Checking.Reading;

/// <summary>What the source says that a probe or an alert relies on. Literal texts only: what is put together at run time is not seen.</summary>
public sealed partial class SourceFacts
{
    private const int MaxText = 120;

    private static readonly SearchValues<char> Quotes = SearchValues.Create("\"'`");

    private static readonly SearchValues<string> MetricWords = SearchValues.Create(
        ["ounter", "auge", "istogram", "rometheus", "promauto", "Summary(", "Metrics.Create", "metrics::", "MeterRegistry"], StringComparison.Ordinal);

    // Libraries that name metrics by themselves.
    private static readonly SearchValues<string> ForeignMetrics = SearchValues.Create(
        [
            "PrometheusMetrics", "prometheus_fastapi_instrumentator", "prometheus_flask_exporter", "express-prom-bundle", "MeterRegistry", "micrometer", "UseHttpMetrics", "OpenTelemetry", "opentelemetry", "axum_prometheus",
            "django_prometheus", "ginprometheus", "otelhttp", "go-grpc-prometheus", "collectDefaultMetrics",
        ],
        StringComparison.Ordinal);

    private readonly HashSet<string> _texts = new(StringComparer.Ordinal);

    private SourceFacts()
    {
    }

    /// <summary>Somewhere a route is declared in the way of a known framework.</summary>
    public bool DeclaresRoutes { get; private set; }

    /// <summary>Somewhere a metric of its own is registered.</summary>
    public bool DeclaresMetrics { get; private set; }

    /// <summary>Metrics come from a framework under names that stand in no source here.</summary>
    public bool HasForeignMetrics { get; private set; }

    public static SourceFacts Of(IEnumerable<SourceFile> files)
    {
        var facts = new SourceFacts();
        foreach (var file in files)
        {
            facts.ReadTexts(file.Text);
            facts.DeclaresRoutes = facts.DeclaresRoutes || Route().IsMatch(file.Text);
            facts.DeclaresMetrics = facts.DeclaresMetrics || (file.Text.AsSpan().ContainsAny(MetricWords) && Metric().IsMatch(file.Text));
            facts.HasForeignMetrics = facts.HasForeignMetrics || file.Text.AsSpan().ContainsAny(ForeignMetrics);
        }

        return facts;
    }

    /// <summary>Whether a path may be served: as it is, with its parts mounted below each other, or with a trailing slash.</summary>
    public bool MayServe(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        var plain = path.Split('?')[0].TrimEnd('/');
        if (plain.Length == 0)
            return true;
        for (var slash = 0; slash >= 0; slash = plain.IndexOf('/', slash + 1))
        {
            var rest = plain[slash..];
            if (_texts.Contains(rest) || _texts.Contains(rest + "/") || _texts.Contains(rest.TrimStart('/')) || _texts.Contains("^" + rest.TrimStart('/') + "/$") || _texts.Contains(rest.TrimStart('/') + "/")
                || _texts.Contains("GET " + rest))
                return true;
        }

        return false;
    }

    /// <summary>Whether a metric may be emitted: by its name, by the name that its kind appends to, or put together from its parts.</summary>
    public bool MayEmit(string metric)
    {
        ArgumentNullException.ThrowIfNull(metric);
        var bare = Suffix().Replace(metric, "");
        return new[] { metric, bare, Suffix().Replace(bare, ""), bare + "_total" }.Any(_texts.Contains) || IsMadeOfTexts(bare);
    }

    /// <summary>Everything between two equal quotes on one line.</summary>
    private void ReadTexts(ReadOnlySpan<char> text)
    {
        for (var at = text.IndexOfAny(Quotes); at >= 0;)
        {
            var rest = text[(at + 1)..];
            var length = rest[..Math.Min(rest.Length, MaxText)].IndexOfAny(text[at], '\n', '\\');
            var isText = length > 0 && rest[length] == text[at];
            if (isText)
                _texts.Add(rest[..length].ToString());
            var from = at + 1 + (isText ? length + 1 : 0);
            var next = text[from..].IndexOfAny(Quotes);
            at = next < 0 ? -1 : from + next;
        }
    }

    // A namespace and a subsystem in front of the name, as client libraries put it together.
    private bool IsMadeOfTexts(string metric)
    {
        if (_texts.Contains(metric) || _texts.Contains(metric + "_total"))
            return true;
        for (var at = metric.IndexOf('_', StringComparison.Ordinal); at > 0; at = metric.IndexOf('_', at + 1))
        {
            if ((_texts.Contains(metric[..at]) || _texts.Contains(metric[..(at + 1)])) && IsMadeOfTexts(metric[(at + 1)..]))
                return true;
        }

        return false;
    }

    [GeneratedRegex(@"(\.route\(|#\[(get|post|put|delete|head)\(|web::(get|resource|scope)|\.Handle(Func)?\(|\.(GET|POST|Get|Post)\(""|\b(app|router|server|fastify|r)\.(get|post|use|route)\(|@(app|router|api|bp|blueprint)\.(get|post|route)|@(Get|Post|Request)Mapping|@(Get|Post|Path)\(|\bpath\(['""]|re_path\(|Map(Get|Post|HealthChecks)\(|^\s*get ['""]/|Route::(get|post))", RegexOptions.Multiline)]
    private static partial Regex Route();

    [GeneratedRegex(@"(register_(int_)?(counter|gauge|histogram)|prometheus::|prometheus\.New|promauto\.|prometheus_client|(Counter|Gauge|Histogram|Summary)\(\s*['""]|new (client|prom\w*)\.(Counter|Gauge|Histogram)|Metrics\.Create|metrics::(counter|gauge|histogram)|(counter|gauge|histogram)!\(|Counter\.build|MeterRegistry|CreateCounter|CreateHistogram|IntCounter)")]
    private static partial Regex Metric();

    [GeneratedRegex(@"_(total|bucket|count|sum|created|info)$")]
    private static partial Regex Suffix();
}
