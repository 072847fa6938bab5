using System.Text;
using WasmWizard.Delivery.Kubernetes.Manifests;
using WasmWizard.Delivery.Releases;

namespace WasmWizard.Delivery.Kubernetes;

/// <summary>A release as a cluster runs it: its manifests are part of what it is.</summary>
public static class KubernetesRelease
{
    /// <summary>
    /// The release with its manifests in the hash of its configuration: bounds of scaling, policies and probes change what runs as much as a
    /// variable does, so they make another release, and going back brings them back.
    /// </summary>
    public static Release Of(Release release, ClusterSettings settings)
    {
        var unbound = new ReleaseParts { Id = null, Image = "", Variables = release.Variables, Secrets = ManifestFiles.SecretNames(settings.Environment), SecretVersion = 1 };
        var manifests = string.Join('\n', ManifestSet.Of(settings, unbound).All.Select(manifest => manifest.ToJsonString()));
        var all = new Dictionary<string, string>(release.Variables) { ["manifests"] = Digest.Of(Encoding.UTF8.GetBytes(manifests)).ToString() };
        return release with { Config = ConfigHash.Of(all) };
    }

    internal static ReleaseParts Parts(Release release, ClusterSettings settings, string repository, int secretVersion) => new()
    {
        Id = release.Id.ToString(),
        Image = $"{repository}@{release.Digest}",
        Variables = release.Variables,
        Secrets = ManifestFiles.SecretNames(settings.Environment),
        SecretVersion = secretVersion,
        Identity = new Dictionary<string, string>
        {
            ["RELEASE_COMMIT"] = release.Commit,
            ["RELEASE_DIGEST"] = release.Digest.ToString(),
            ["RELEASE_VERSION"] = release.Version,
        },
    };
}
