using System.Diagnostics;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using WasmWizard.Delivery.Kubernetes.Manifests;
using WasmWizard.Delivery.Kubernetes.Simulator.Nodes;
using WasmWizard.Delivery.Rollouts;

namespace WasmWizard.Delivery.Kubernetes.Tests;

/// <summary>The strategy's own commands, typed by hand against the simulator with the machine's kubectl.</summary>
[Trait("suite", "complete")]
public sealed class KubectlSpecs : IDisposable
{
    /// <summary>Where kubectl keeps what it has learned of the cluster between two commands.</summary>
    private readonly DirectoryInfo _home = Directory.CreateTempSubdirectory("kubectl");

    public void Dispose() => _home.Delete(recursive: true);

    [ToolFact("kubectl")]
    public async Task The_generated_files_are_applied_by_hand_and_rolled_out_and_back()
    {
        await using var stage = await Stage.Open();
        PutSecret(stage);
        using var time = new PassingTime(stage);
        var folder = Folder();

        stage.Cluster.Image(ManifestFiles.Placeholder, new SimulatedImage { IsMissing = true });
        var (first, second) = ($"127.0.0.1:5000/wasm-wizard@sha256:{new string('a', 64)}", $"127.0.0.1:5000/wasm-wizard@sha256:{new string('b', 64)}");

        Assert.Contains("deployment.apps/wasm-wizard created", await Kubectl(stage, "apply", "-f", folder), StringComparison.Ordinal);
        await Deployed(stage, first);
        Assert.Contains("unchanged", await Kubectl(stage, "apply", "-f", Path.Combine(folder, "40-service.yaml")), StringComparison.Ordinal);
        await Deployed(stage, second);
        Assert.Contains("rolled back", await Kubectl(stage, "rollout", "undo", "deployment/wasm-wizard"), StringComparison.Ordinal);
        Assert.Equal(first, ImageOf(stage));
        Assert.Contains("rolled back", await Kubectl(stage, "rollout", "undo", "deployment/wasm-wizard", "--to-revision=3"), StringComparison.Ordinal);
        Assert.Equal(second, ImageOf(stage));
        Assert.Contains("successfully rolled out", await Kubectl(stage, "rollout", "status", "deployment/wasm-wizard", "--timeout=60s"), StringComparison.Ordinal);
    }

    [ToolFact("kubectl", "bash", "sed")]
    public async Task Every_command_of_the_page_works_in_its_order_on_a_cluster_that_has_nothing()
    {
        await using var stage = await Stage.Open(hasCertificate: false);
        using var time = new PassingTime(stage);
        var files = Directory.CreateTempSubdirectory("page");
        var image = $"127.0.0.1:5000/wasm-wizard@sha256:{new string('a', 64)}";
        stage.Cluster.Image(ManifestFiles.Placeholder, new SimulatedImage { IsMissing = true });
        var commands = CommandsOfThePage(image, files.FullName);
        var images = new List<string>();
        foreach (var command in commands)
        {
            await Run(stage, "bash", "-c", $"set -o pipefail; {command}");
            if (command.Contains(" rollout ", StringComparison.Ordinal))
                images.Add(ImageOf(stage));
        }

        files.Delete(recursive: true);
        Assert.Equal(10, commands.Count);
        Assert.Equal([image, ManifestFiles.Placeholder], images);
        var secret = stage.Cluster.Find("Secret", Stage.Space, "wasm-wizard-secrets-1")!;
        Assert.Equal("postgres://u:first@db/w", Encoding.UTF8.GetString(Convert.FromBase64String(secret["data"]!["DATABASE_URL"]!.GetValue<string>())));
        Assert.Equal("true", secret["metadata"]!["labels"]!["wasm-wizard.com/revoked"]!.GetValue<string>());
        Assert.Equal("127.0.0.1:5000/postgresql:17", stage.Cluster.Find("Cluster", Stage.Space, "wasm-wizard-db")!["spec"]!["imageName"]!.GetValue<string>());
        Assert.DoesNotContain("docker.io", stage.Cluster.All("StatefulSet", Stage.Space).Single()["spec"]!.ToJsonString(), StringComparison.Ordinal);
    }

    [ToolFact("kubectl")]
    public async Task The_server_finds_no_fault_in_the_generated_files_and_finds_one_in_a_wrong_field()
    {
        await using var stage = await Stage.Open();

        await Kubectl(stage, "apply", "--dry-run=server", "-f", Folder());
        await Kubectl(stage, "apply", "--server-side", "--dry-run=server", "-f", Folder());
        var wrong = Path.GetTempFileName();
        await File.WriteAllTextAsync(wrong, (await File.ReadAllTextAsync(Path.Combine(Folder(), "50-deployment.yaml"))).Replace("minReadySeconds", "minReadySecond", StringComparison.Ordinal));
        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => Kubectl(stage, "apply", "--server-side", "--dry-run=server", "-f", wrong));
        File.Delete(wrong);

        Assert.Contains(".spec.minReadySecond: field not declared in schema", refused.Message, StringComparison.Ordinal);
        Assert.Empty(stage.Cluster.All("Deployment"));
    }

    [ToolFact("kubectl")]
    public async Task An_image_set_by_hand_is_drift_and_the_next_deployment_takes_it_back()
    {
        await using var stage = await Stage.Open();
        Assert.IsType<RolloutOutcome.Healthy>(await stage.Pipeline().Deploy(Stage.Release(1)));
        stage.Cluster.Image("somebodys:image", new SimulatedImage());
        await Kubectl(stage, "set", "image", "deployment/wasm-wizard", "wasm-wizard=somebodys:image");

        var drift = (await stage.Pipeline().Target.Observe(default)).Drift;
        var outcome = await stage.Pipeline().Deploy(Stage.Release(1));

        Assert.Contains(drift, line => line.Contains("image: somebodys:image -> ", StringComparison.Ordinal));
        Assert.True(outcome is RolloutOutcome.Healthy, OutcomeText.Of(outcome, "master").ToString());
        Assert.EndsWith(Stage.Release(1).Digest.ToString(), ImageOf(stage), StringComparison.Ordinal);
    }

    [ToolFact("kubectl")]
    public async Task Conflicts_of_field_managers_are_told_as_the_real_API_tells_them()
    {
        await using var stage = await Stage.Open();
        PutSecret(stage);
        await Kubectl(stage, "apply", "--server-side", "-f", Path.Combine(Folder(), "60-scaling.yaml"));
        var other = Path.GetTempFileName();
        await File.WriteAllTextAsync(other, """
            apiVersion: policy/v1
            kind: PodDisruptionBudget
            metadata:
              name: wasm-wizard
              namespace: wasm-wizard-production
            spec:
              maxUnavailable: 2
            """);

        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => Kubectl(stage, "apply", "--server-side", "--field-manager=another", "-f", other));
        await Kubectl(stage, "apply", "--server-side", "--field-manager=another", "--force-conflicts", "-f", other);
        File.Delete(other);

        Assert.Contains("conflict with \"kubectl\": .spec.maxUnavailable", refused.Message, StringComparison.Ordinal);
        Assert.Equal(2, stage.Cluster.Find("PodDisruptionBudget", Stage.Space, "wasm-wizard")!["spec"]!["maxUnavailable"]!.GetValue<int>());
    }

    private async Task Deployed(Stage stage, string image)
    {
        Assert.Contains("image updated", await Kubectl(stage, "set", "image", "deployment/wasm-wizard", $"wasm-wizard={image}"), StringComparison.Ordinal);
        Assert.Contains("successfully rolled out", await Kubectl(stage, "rollout", "status", "deployment/wasm-wizard", "--timeout=60s"), StringComparison.Ordinal);
    }

    private static void PutSecret(Stage stage) => stage.Cluster.Put("Secret", new JsonObject
    {
        ["metadata"] = new JsonObject { ["name"] = "wasm-wizard-secrets-1", ["namespace"] = Stage.Space },
        ["data"] = new JsonObject { ["DATABASE_URL"] = "eA==", ["REDIS_URL"] = "eA==" },
    });

    private static string ImageOf(Stage stage) =>
        stage.Cluster.Find("Deployment", Stage.Space, "wasm-wizard")!["spec"]!["template"]!["spec"]!["containers"]![0]!["image"]!.GetValue<string>();

    private static string Folder() => Path.Combine(Root(), "k8s", "production");

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "global.json")))
            folder = folder.Parent ?? throw new DirectoryNotFoundException("No folder above the tests holds global.json.");
        return folder.FullName;
    }

    /// <summary>What docs/runbooks/deploy-to-a-cluster.md shows for kubectl, with files and an image in the places of the words that stand for them.</summary>
    private static List<string> CommandsOfThePage(string image, string files)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = new CertificateRequest("CN=wasm-wizard.com", key, HashAlgorithmName.SHA256).CreateSelfSigned(DateTimeOffset.UtcNow, DateTimeOffset.UtcNow.AddDays(1));
        File.WriteAllText(Path.Combine(files, "cert"), certificate.ExportCertificatePem());
        File.WriteAllText(Path.Combine(files, "key"), key.ExportPkcs8PrivateKeyPem());
        File.WriteAllText(Path.Combine(files, "DATABASE_URL"), "postgres://u:first@db/w");
        File.WriteAllText(Path.Combine(files, "REDIS_URL"), "redis://r:6379");
        var page = File.ReadAllText(Path.Combine(Root(), "docs", "runbooks", "deploy-to-a-cluster.md"));
        return [.. page.Split("```bash\n").Skip(1).SelectMany(block => block[..block.IndexOf("```", StringComparison.Ordinal)].Split('\n'))
            .Where(line => line.StartsWith("kubectl ", StringComparison.Ordinal) || line.Contains("| kubectl ", StringComparison.Ordinal))
            // kubectl creates secrets in protobuf, of which the simulator knows nothing; the same words as YAML are applied.
            .Select(line => line.Contains(" create secret ", StringComparison.Ordinal) ? $"{line} --dry-run=client -o yaml | kubectl apply -f -" : line)
            .Select(line => Regex.Replace(line, @"\b(cert|key|DATABASE_URL|REDIS_URL)=FILE", $"$1={files}/$1").Replace("REGISTRY/wasm-wizard@sha256:DIGEST", image, StringComparison.Ordinal))];
    }

    private Task<string> Kubectl(Stage stage, params string[] arguments) => Run(stage, "kubectl", arguments);

    private async Task<string> Run(Stage stage, string program, params string[] arguments)
    {
        var config = Path.Combine(_home.FullName, "config");
        await File.WriteAllTextAsync(config, stage.Server.Kubeconfig(Stage.Space));
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = Root() };
        (start.Environment["KUBECONFIG"], start.Environment["HOME"]) = (config, _home.FullName);
        using var process = Process.Start(start)!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync(new CancellationTokenSource(TimeSpan.FromMinutes(3)).Token);
        return process.ExitCode == 0 ? await output : throw new InvalidOperationException($"{program} {string.Join(' ', arguments)}: {process.ExitCode}: {await output}{await errors}");
    }

    /// <summary>While a person works the cluster's time passes by itself, faster than theirs.</summary>
    private sealed class PassingTime : IDisposable
    {
        private readonly CancellationTokenSource _end = new();
        private readonly Task _passing;

        public PassingTime(Stage stage) => _passing = Task.Run(async () =>
        {
            while (!_end.IsCancellationRequested)
            {
                stage.Cluster.Advance(TimeSpan.FromSeconds(1));
                await Task.Delay(TimeSpan.FromMilliseconds(50), CancellationToken.None);
            }
        });

        public void Dispose()
        {
            _end.Cancel();
            _passing.GetAwaiter().GetResult();
            _end.Dispose();
        }
    }
}
