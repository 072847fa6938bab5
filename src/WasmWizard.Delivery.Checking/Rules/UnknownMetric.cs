using System.Text.RegularExpressions;
using WasmWizard.Delivery.Checking.Reading;

namespace WasmWizard.Delivery.Checking.Rules;

/// <summary>An alert on a metric that nobody emits: it can never fire.</summary>
internal sealed partial class UnknownMetric : CheckRule
{
    public override string Id => "WW6604";

    public override string Title => "An alert reads a metric that nobody emits";

    public override string Required => "alerts read metrics that the service, an exporter or a recording rule emits";

    protected override IEnumerable<Place> Inspect(Repository repository)
    {
        // Only a source that registers metrics by name can be compared.
        if (repository.AlertFiles.Count == 0 || !repository.Source.DeclaresMetrics || repository.Source.HasForeignMetrics)
            yield break;
        var recorded = repository.AlertFiles.SelectMany(file => file.Rules).Select(rule => rule["record"].Value).ToHashSet();
        foreach (var file in repository.AlertFiles)
        {
            foreach (var rule in file.Rules)
            {
                var unknown = new PromQuery(rule["expr"].Value).Metrics.Distinct().Where(metric => !recorded.Contains(metric) && !Exporters().IsMatch(metric) && !repository.Source.MayEmit(metric)).ToList();
                if (unknown.Count > 0)
                    yield return new(file.File.Path, rule["expr"].Line, $"{rule["alert"].Value}{rule["record"].Value} reads {string.Join(", ", unknown)}", "the name under which the source registers it, or register it");
            }
        }
    }

    // The services that everybody runs beside his own, and what a scrape adds by itself.
    [GeneratedRegex(@"^(up$|scrape_|ALERTS|node_|kube_|container_|process_|go_|python_|jvm_|nodejs_|dotnet_|pg_|postgres_|postgresql_|redis_|mysql_|mongodb_|rabbitmq_|kafka_|nginx_|haproxy_|traefik_|caddy_|envoy_|istio_|prometheus_|alertmanager_|grafana_|loki_|cadvisor_|machine_|kubelet_|apiserver_|etcd_|coredns_|blackbox_|probe_|ssl_|certmanager_|argocd_|vault_|consul_|elasticsearch_|minio_|windows_|aws_|absent|scheduler_|workqueue_|rest_client_|namespace_|cluster|instance:|job:|otelcol_|target_info|nvidia_|DCGM_|net_conntrack|promhttp_|thanos_|cortex_|controller_runtime_|gitlab_|jenkins_|memcached_|pgbouncer_|php_|phpfpm_|apache_|tomcat_|hikaricp_|logback_|system_|disk_|http_server_|cilium_|flux_|gotk_)")]
    private static partial Regex Exporters();
}
