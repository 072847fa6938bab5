/// <summary>Where a cluster is, and what only a person can give it.</summary>
public interface ICluster : IWorkspace
{
    [Parameter("Context of the kubeconfig that leads to the cluster; nothing ambient chooses one")]
    string? KubeContext => TryGetValue(() => KubeContext);

    [Parameter("Kubeconfig file; default: the files of KUBECONFIG, else ~/.kube/config")]
    string? Kubeconfig => TryGetValue(() => Kubeconfig);

    [Parameter("File with the address of PostgreSQL; needed once, the cluster keeps it as a secret")]
    string? DatabaseUrlFile => TryGetValue(() => DatabaseUrlFile);

    [Parameter("File with the addresses of Redis, several with commas between; needed once, the cluster keeps them as a secret")]
    string? RedisUrlFile => TryGetValue(() => RedisUrlFile);

    [Parameter("Secret in the namespace with which nodes may pull the image; default: none is needed")]
    string? PullSecret => TryGetValue(() => PullSecret);
}
