using System.Diagnostics;
using System.Globalization;
using System.Net;
using WasmWizard.Delivery.Compose.Engine;
using WasmWizard.Delivery.Compose.Stack;
using WasmWizard.Delivery.Compose.Tests.Fixtures;

namespace WasmWizard.Delivery.Compose.Tests;

/// <summary>The generated file in a person's hands, with docker-compose as it is installed.</summary>
[Collection(OneEngine.Name)]
[Trait("suite", "complete")]
public sealed class ByHandSpecs(StagingEngine engine)
{
    [ToolFact("docker-compose", "dockerd", "haproxy", "prometheus", "redis-server")]
    public async Task The_commands_of_the_runbook_start_staging()
    {
        await using var staging = await StagingEnvironment.OpenAsync(engine);
        var folder = Path.Combine(staging.Place.Root, "clone");
        Lay(folder, staging.Place);

        await Compose(folder, staging.Place, "up", "-d", "postgres");
        await Until(async () => await TryCompose(folder, staging.Place, "run", "--rm", "migrate") == 0);
        await Compose(folder, staging.Place, "up", "-d");

        using var client = DeploySpecs.Client(staging.Place);
        await Until(async () => (await client.GetAsync(new Uri("health/ready", UriKind.Relative))).StatusCode == HttpStatusCode.OK);
        await Compose(folder, staging.Place, "up", "-d", "--no-deps", "wasm-wizard");
        await Until(async () => (await client.GetAsync(new Uri("health/ready", UriKind.Relative))).StatusCode == HttpStatusCode.OK);
        foreach (var container in (await staging.Staging.Engine.Get("/containers/json", CancellationToken.None)).AsArray())
        {
            var name = container!["Names"]![0]!.GetValue<string>().TrimStart('/');
            var published = (await staging.Staging.Engine.FindContainer(name, CancellationToken.None))!.Published;
            Assert.Equal(name.Contains("proxy", StringComparison.Ordinal) ? [staging.Place.Port] : [], published);
        }

        await Compose(folder, staging.Place, "down", "-v");
    }

    private static void Lay(string folder, StagingPlace place)
    {
        var layout = Staging.Layout(place);
        foreach (var file in ComposeFiles.Of(layout, layout))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(folder, file.Path))!);
            File.WriteAllText(Path.Combine(folder, file.Path), file.Content);
        }

        var monitoring = Directory.CreateDirectory(Path.Combine(folder, "monitoring", "staging")).FullName;
        foreach (var file in Directory.GetFiles(Path.Combine(Paths.Root, "monitoring", "staging")))
            File.Copy(file, Path.Combine(monitoring, Path.GetFileName(file)));
        var secrets = Directory.CreateDirectory(Path.Combine(folder, "secrets", "staging")).FullName;
        File.WriteAllText(Path.Combine(secrets, "postgres_password"), "by-hand");
        File.WriteAllText(Path.Combine(secrets, "database_url"), "postgres://wasm_wizard:by-hand@postgres:5432/wasm_wizard_staging");
        File.Copy(place.Certificate, Path.Combine(secrets, "tls_certificate"));
        File.Copy(place.CertificateKey, Path.Combine(secrets, "tls_key"));
    }

    private static async Task Compose(string folder, StagingPlace place, params string[] arguments) => Assert.Equal(0, await TryCompose(folder, place, arguments));

    private static async Task<int> TryCompose(string folder, StagingPlace place, params string[] arguments)
    {
        var start = new ProcessStartInfo("docker-compose", ["-f", "docker-compose.staging.yml", .. arguments])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["DOCKER_HOST"] = place.Engine, ["COMPOSE_PROJECT_NAME"] = "byhand", ["HTTPS_PORT"] = place.Port.ToString(CultureInfo.InvariantCulture), ["WASM_WIZARD_IMAGE"] = place.ServiceImage },
        };
        foreach (var (service, image) in place.Images)
            start.Environment[service.ToUpperInvariant() + "_IMAGE"] = image;
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        await process.StandardError.ReadToEndAsync();
        await output;
        await process.WaitForExitAsync();
        return process.ExitCode;
    }

    private static async Task Until(Func<Task<bool>> condition)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(3));
        while (true)
        {
            try
            {
                if (await condition())
                    return;
            }
            catch (HttpRequestException)
            {
                limit.Token.ThrowIfCancellationRequested();
            }

            await Task.Delay(200, limit.Token);
        }
    }
}
