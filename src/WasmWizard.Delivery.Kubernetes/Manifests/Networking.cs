using k8s.Models;

namespace WasmWizard.Delivery.Kubernetes.Manifests;

/// <summary>How requests come in, and what may talk to what.</summary>
internal static class Networking
{
    private const string NamespaceName = "kubernetes.io/metadata.name";
    private const string Headers = $"{Names.Product}-headers";

    public static V1Service Service(ClusterSettings settings) => new()
    {
        ApiVersion = "v1",
        Kind = "Service",
        Metadata = Labels.Meta(settings, Names.Product, Marks.Service),
        Spec = new()
        {
            Type = "ClusterIP",
            Selector = Labels.Serving,
            Ports =
            [
                new() { Name = "http", Port = 80, TargetPort = "http", Protocol = "TCP" },
                new() { Name = "https", Port = 443, TargetPort = "https", Protocol = "TCP" },
            ],
        },
    };

    /// <summary>Every pod under one name, ready or not: monitoring scrapes each, and needs no right on the cluster to find them.</summary>
    public static V1Service Instances(ClusterSettings settings) => new()
    {
        ApiVersion = "v1",
        Kind = "Service",
        Metadata = Labels.Meta(settings, Names.Instances, "instances"),
        Spec = new()
        {
            ClusterIP = "None",
            PublishNotReadyAddresses = true,
            Selector = Labels.Serving,
            Ports = [new() { Name = "http", Port = Names.HttpPort, TargetPort = "http", Protocol = "TCP" }],
        },
    };

    /// <summary>The headers that the proxy adds to every answer, also to those that it gives itself.</summary>
    public static V1ConfigMap SecurityHeaders(ClusterSettings settings) => new()
    {
        ApiVersion = "v1",
        Kind = "ConfigMap",
        Metadata = Labels.Meta(settings, Headers, Marks.Service),
        Data = new Dictionary<string, string>
        {
            ["Referrer-Policy"] = "no-referrer",
            ["Strict-Transport-Security"] = "max-age=31536000; includeSubDomains",
            ["X-Content-Type-Options"] = "nosniff",
            ["X-Frame-Options"] = "DENY",
        },
    };

    public static V1Ingress Ingress(ClusterSettings settings)
    {
        var host = settings.Environment.Url.Host;
        var meta = Labels.Meta(settings, Names.Product, Marks.Service);
        meta.Annotations = new Dictionary<string, string>
        {
            ["nginx.ingress.kubernetes.io/backend-protocol"] = "HTTPS",
            ["nginx.ingress.kubernetes.io/custom-headers"] = $"{settings.Namespace}/{Headers}",
            ["nginx.ingress.kubernetes.io/force-ssl-redirect"] = "true",
            ["nginx.ingress.kubernetes.io/proxy-body-size"] = "12m",
            ["nginx.ingress.kubernetes.io/proxy-read-timeout"] = "60",
        };
        return new()
        {
            ApiVersion = "networking.k8s.io/v1",
            Kind = "Ingress",
            Metadata = meta,
            Spec = new()
            {
                IngressClassName = settings.IngressClass,
                Tls = [new() { Hosts = [host], SecretName = Names.Certificate }],
                Rules =
                [
                    new()
                    {
                        Host = host,
                        Http = new()
                        {
                            Paths =
                            [
                                new() { Path = "/", PathType = "Prefix", Backend = new() { Service = new() { Name = Names.Product, Port = new() { Name = "https" } } } },
                            ],
                        },
                    },
                ],
            },
        };
    }

    /// <summary>Nothing comes in or goes out unless one of the other policies says so.</summary>
    public static V1NetworkPolicy DenyAll(ClusterSettings settings) => Policy(settings, "deny-all", new()
    {
        PodSelector = new(),
        PolicyTypes = ["Ingress", "Egress"],
    });

    /// <summary>
    /// The service and its commands: requests from ingress controllers, metrics to monitoring; names, PostgreSQL and Redis wherever they are, nothing else.
    /// Namespaces are chosen by the label that every cluster sets by itself.
    /// </summary>
    public static V1NetworkPolicy Serving(ClusterSettings settings) => Policy(settings, Names.Product, new()
    {
        PodSelector = new()
        {
            MatchLabels = new Dictionary<string, string> { [Marks.Name] = Names.Product },
            MatchExpressions = [new() { Key = Marks.Component, OperatorProperty = "In", Values = [Marks.Service, Marks.Command] }],
        },
        PolicyTypes = ["Ingress", "Egress"],
        Ingress =
        [
            new() { FromProperty = [FromNamespaces("ingress-nginx", "kube-system")], Ports = [Tcp(Names.HttpsPort)] },
            new() { FromProperty = [FromNamespaces("monitoring")], Ports = [Tcp(Names.HttpPort)] },
        ],
        Egress =
        [
            new() { To = [FromNamespaces("kube-system")], Ports = [Tcp(53), new() { Port = 53, Protocol = "UDP" }] },
            new() { Ports = [.. settings.DataPorts.Distinct().Order().Select(Tcp)] },
        ],
    });

    public static V1NetworkPolicy Policy(ClusterSettings settings, string name, V1NetworkPolicySpec spec) => new()
    {
        ApiVersion = "networking.k8s.io/v1",
        Kind = "NetworkPolicy",
        Metadata = Labels.Meta(settings, name, Marks.Service),
        Spec = spec,
    };

    public static V1NetworkPolicyPort Tcp(int port) => new() { Port = port, Protocol = "TCP" };

    public static V1NetworkPolicyPeer FromNamespaces(params string[] names) => new()
    {
        NamespaceSelector = new() { MatchExpressions = [new() { Key = NamespaceName, OperatorProperty = "In", Values = names }] },
    };
}
