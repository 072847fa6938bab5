using k8s;
using k8s.Exceptions;
using WasmWizard.Delivery.Ports;

/// <summary>Reads where a cluster is and who one is there; told as faults, since people type it.</summary>
public static class ClusterAddress
{
    /// <summary>The configuration of the context that was named, or what is wrong with it.</summary>
    public static (KubernetesClientConfiguration? Configuration, Fault? Fault) Of(ICluster build)
    {
        const string again = "--kube-context NAME [--kubeconfig FILE]";
        if (build.KubeContext is not { } context)
            return (null, new("WW2150", "no cluster is named", "--kube-context: the context that leads to the cluster", $"kubectl config get-contexts, then the same command with {again}"));
        var files = Files(build);
        if (files.FirstOrDefault(file => !file.Exists) is { } absent)
            return (null, new("WW2151", $"there is no kubeconfig {absent.FullName}", "a file that can be read", $"the same command with {again}"));
        try
        {
            var all = files.Select(file => KubernetesClientConfiguration.LoadKubeConfig(file)).ToList();
            if (all.Find(one => one.Contexts?.Any(known => known.Name == context) == true) is not { } holder)
            {
                var known = string.Join(", ", all.SelectMany(one => one.Contexts ?? []).Select(one => one.Name));
                return (null, new("WW2152", $"the kubeconfig has no context {context}", $"one of: {known}", $"the same command with {again}"));
            }

            var configuration = KubernetesClientConfiguration.BuildConfigFromConfigObject(holder, context);
            // Read once here, so that a key that does not belong to its certificate is told and not thrown later.
            new k8s.Kubernetes(configuration).Dispose();
            return (configuration, null);
        }
        catch (Exception unusable) when (unusable is KubeConfigException or YamlDotNet.Core.YamlException or FormatException or System.Security.Cryptography.CryptographicException or ArgumentException or IOException)
        {
            return (null, new("WW2153", $"the kubeconfig cannot be used: {unusable.Message}", "a kubeconfig with certificates or a token for the context", $"kubectl --context {context} version"));
        }
    }

    private static FileInfo[] Files(ICluster build)
    {
        if (build.Kubeconfig is { } chosen)
            return [new(chosen)];
        var listed = (EnvironmentInfo.GetVariable("KUBECONFIG") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        return listed.Length > 0
            ? [.. listed.Select(file => new FileInfo(file))]
            : [new(Path.Combine(System.Environment.GetFolderPath(System.Environment.SpecialFolder.UserProfile), ".kube", "config"))];
    }
}
