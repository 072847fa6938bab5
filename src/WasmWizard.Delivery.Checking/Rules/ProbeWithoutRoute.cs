using System.Text.RegularExpressions;
using WasmWizard.Delivery.Checking.Reading;
using WasmWizard.Delivery.Checking.Snapshots;

namespace WasmWizard.Delivery.Checking.Rules;

/// <summary>A probe of a path that the service does not serve: it never becomes ready, or is restarted forever.</summary>
internal sealed partial class ProbeWithoutRoute : CheckRule
{
    private static readonly string[] Probes = ["livenessProbe", "readinessProbe", "startupProbe"];

    public override string Id => "WW6601";

    public override string Title => "A probe asks a route that does not exist";

    public override string Required => "probes ask a route that the service declares";

    protected override IEnumerable<Place> Inspect(Repository repository)
    {
        var probes = OfManifests(repository).Concat(OfCompose(repository)).Concat(OfDockerfiles(repository)).Distinct().ToList();
        // Routes that nothing here declares belong to somebody else's program.
        if (probes.Count == 0 || !repository.Source.DeclaresRoutes)
            yield break;
        // Spring serves these two beside its own paths, where its properties say so.
        var actuator = repository.Files.Any(file => file.Name is "pom.xml" or "build.gradle" or "build.gradle.kts" && file.Text.Contains("actuator", StringComparison.Ordinal));
        foreach (var (file, line, path, what) in probes)
        {
            if (!repository.Source.MayServe(path) && !Foreign().IsMatch(path) && !(actuator && path is "/livez" or "/readyz") && !IsFileRoute(repository, path))
                yield return new(file.Path, line, $"{what} asks {path}, which no source declares", "the path of a route that answers without a login and says whether the service can work");
        }
    }

    private static IEnumerable<(SourceFile, int, string, string)> OfManifests(Repository repository) =>
        from manifest in repository.Manifests
        from container in manifest.Containers
        where IsOurs(repository, container["image"].Value)
        from probe in Probes
        let path = container.At(probe, "httpGet", "path")
        where path.Value.StartsWith('/') && !path.Value.Contains('$', StringComparison.Ordinal)
        select (manifest.File, path.Line, path.Value, $"{probe} of {manifest.Kind} {manifest.Name}");

    private static IEnumerable<(SourceFile, int, string, string)> OfCompose(Repository repository) =>
        from compose in repository.ComposeFiles
        from service in compose.Services
        where service.Value["build"].Exists
        let test = service.Value.At("healthcheck", "test")
        from text in test.Texts
        from Match url in LocalUrl().Matches(text)
        select (compose.File, test.Line, url.Groups[1].Value, $"healthcheck of {service.Key.Value}");

    private static IEnumerable<(SourceFile, int, string, string)> OfDockerfiles(Repository repository) =>
        from dockerfile in repository.Dockerfiles
        from instruction in dockerfile.Instructions
        where instruction.Name == "HEALTHCHECK"
        from Match url in LocalUrl().Matches(instruction.Text)
        select (dockerfile.File, instruction.Line, url.Groups[1].Value, "HEALTHCHECK");

    /// <summary>Some frameworks serve a file or folder by its place.</summary>
    private static bool IsFileRoute(Repository repository, string path)
    {
        var place = path.Trim('/') + "/";
        return repository.Files.Any(file => RouteFile().IsMatch(file.Path) && ("/" + System.IO.Path.ChangeExtension(file.Path, null) + "/").Contains("/" + place, StringComparison.Ordinal));
    }

    /// <summary>Built here: its name is that of an image, of a Compose service with a build, or of the repository's program.</summary>
    private static bool IsOurs(Repository repository, string image)
    {
        var name = BuiltImages.NameOf(image);
        return image.Length > 0 && (repository.Images.Knows(name) || (repository.Dockerfiles.Count > 0 && !KnownImage().IsMatch(name) && (!name.Contains('/', StringComparison.Ordinal) || repository.Images.IsEmpty)));
    }

    [GeneratedRegex(@"(^|/)(pages|app|routes|server|api|public|static|www|htdocs|web)/.*\.(jsx?|tsx?|mjs|vue|svelte|php|html?|txt|json)$")]
    private static partial Regex RouteFile();

    // What frameworks serve by themselves.
    [GeneratedRegex(@"^/(actuator|q|management|_cluster|\.well-known)(/|$)")]
    private static partial Regex Foreign();

    [GeneratedRegex(@"https?://(?:localhost|127\.0\.0\.1|0\.0\.0\.0)(?::\d+)?(/[\w./-]*)")]
    private static partial Regex LocalUrl();

    [GeneratedRegex(@"^(docker\.io/)?(library/)?(postgres|redis|nginx|mysql|mariadb|mongo|rabbitmq|memcached|busybox|alpine|traefik|haproxy|elasticsearch|kafka|zookeeper|vault|consul|httpd|caddy|minio|nats|influxdb|registry)$|^(prom|grafana|bitnami|quay\.io|gcr\.io|registry\.k8s\.io|k8s\.gcr\.io|jaegertracing|otel|oliver006|hashicorp|fluent)/")]
    private static partial Regex KnownImage();
}
