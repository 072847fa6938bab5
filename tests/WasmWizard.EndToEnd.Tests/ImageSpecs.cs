using System.Text.Json;
using WasmWizard.Delivery.Containers.Tests;
using Xunit.Abstractions;

namespace WasmWizard.EndToEnd.Tests;

/// <summary>The image as people build, push, pull, run and scan it.</summary>
[Trait("suite", "complete")]
[Collection(TwoImages.Tests)]
public sealed class ImageSpecs(TwoImages images, ITestOutputHelper output) : IDisposable
{
    private const double MostMegabytes = 100;
    private const int Rounds = 5;
    private const double MostTimesSlower = 3;

    private readonly string _folder = Directory.CreateTempSubdirectory("ww-image-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [ToolFact("git", "apt-get", "gpgv", "dpkg-deb")]
    public async Task Two_builds_in_two_folders_give_one_digest_of_at_most_100_megabytes()
    {
        var (first, second) = (await images.First, await images.Second);
        var megabytes = first.LayerSizes.Sum() / 1e6;

        output.WriteLine($"{first.Digest} on {first.Base}: {string.Join(" + ", first.LayerSizes.Select(size => $"{size / 1e6:0.0}"))} = {megabytes:0.0} MB compressed");
        Assert.NotEqual(first.Clone.Folder, second.Clone.Folder);
        Assert.Equal((first.Digest, first.Base), (second.Digest, second.Base));
        Assert.InRange(megabytes, 1, MostMegabytes);
    }

    [ToolFact("git", "apt-get", "gpgv", "dpkg-deb", "dockerd", "docker", "containerd", "runc", "wat2wasm", "curl")]
    public async Task It_runs_read_only_as_nobody_and_is_ready_within_three_times_the_time_outside()
    {
        var image = await images.First;
        using var engine = await RunningEngine.StartAsync(_folder);
        await Succeeds(image, "Image", "--branch", "development", "--docker-host", engine.Address);
        var program = image.Unpack(Path.Combine(_folder, "outside"));
        var (outside, inside) = (new List<double>(), new List<double>());
        for (var round = 0; round < Rounds; round++)
        {
            using (var process = await RunningImage.OutsideAsync(program, Path.Combine(_folder, $"data{round}")))
                outside.Add(process.SecondsUntilReady);
            using var container = await RunningImage.InContainerAsync(engine, "wasm-wizard:staging");
            inside.Add(container.SecondsUntilReady);
        }

        var ratio = Median(inside) / Median(outside);
        output.WriteLine($"ready after {Seconds(outside)} s outside and {Seconds(inside)} s in a container: {ratio:0.00} times");
        Assert.True(ratio <= MostTimesSlower, $"ready after {Seconds(inside)} s in a container and {Seconds(outside)} s outside");
    }

    [ToolFact("git", "apt-get", "gpgv", "dpkg-deb", "dockerd", "docker", "containerd", "runc", "docker-registry", "wat2wasm", "curl")]
    public async Task What_is_pushed_is_pulled_by_its_digest_and_executes_a_module()
    {
        var image = await images.First;
        using var engine = await RunningEngine.StartAsync(_folder);
        using var registry = await RunningRegistry.StartAsync(_folder);
        await Succeeds(image, "Image", "--branch", "development", "--registry", registry.Host);

        var reference = $"{registry.Host}/wasm-wizard@{image.Digest}";
        var pulled = await engine.RunAsync("pull", "--quiet", reference);
        Assert.True(pulled.ExitCode == 0, pulled.Text);
        Assert.Equal(image.Configuration, (await engine.RunAsync("image", "inspect", "--format", "{{.Id}}", reference)).Text.Trim());

        using var container = await RunningImage.InContainerAsync(engine, reference);
        var module = await Wasm.FromWat(image.Clone, "greet.wat");
        var answer = await image.Clone.Run("curl", _folder, "-sS", "-F", $"wasm=@{module}", $"{container.Address}/api/execute");
        Assert.Contains("hello from wat", answer.Output, StringComparison.Ordinal);
        Assert.Equal(0, (await engine.RunAsync("exec", container.Name, "/app/WasmWizard.Service", "health")).ExitCode);
        Assert.NotEqual(0, (await engine.RunAsync("exec", container.Name, "sh", "-c", "true")).ExitCode);
        Assert.Equal("true 65532", (await engine.RunAsync("inspect", "--format", "{{.HostConfig.ReadonlyRootfs}} {{.Config.User}}", container.Name)).Text.Trim());
    }

    [ToolFact("git", "apt-get", "gpgv", "dpkg-deb")]
    public async Task A_scan_is_evidence_about_the_image_and_a_warm_one_is_quick()
    {
        var image = await images.First;
        var advisories = Path.Combine(_folder, "advisories.json");
        await File.WriteAllTextAsync(advisories, $$"""
            {"id":"X-1","modified":"{{DateTimeOffset.UtcNow:O}}","affected":[{"package":{"ecosystem":"NuGet","name":"Unrelated"},"ranges":[{"type":"ECOSYSTEM","events":[{"introduced":"0"}]}]}]}
            """);
        var seconds = new List<double>();
        for (var round = 0; round < Rounds; round++)
        {
            await Succeeds(image, "Scan", "--branch", "development", "--advisories", advisories);
            using var evidence = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(image.Clone.Folder, "artifacts", "evidence", "scan.json")));
            var subject = evidence.RootElement.GetProperty("subject");
            Assert.Equal((image.Digest, image.Base), (subject.GetProperty("image").GetString(), subject.GetProperty("base").GetString()));
            Assert.Equal("Passed", evidence.RootElement.GetProperty("result").GetProperty("verdict").GetString());
            seconds.Add(TimeSpan.Parse(evidence.RootElement.GetProperty("duration").GetString()!, System.Globalization.CultureInfo.InvariantCulture).TotalSeconds);
        }

        output.WriteLine($"scans took {string.Join(", ", seconds.Select(second => $"{second:0.00}"))} s; the first fetched the security index");
        var listed = await Succeeds(image, "Sbom", "--branch", "development", "--json");
        using var bill = JsonDocument.Parse(listed.Output);
        Assert.EndsWith(Uri.EscapeDataString(image.Digest), bill.RootElement.GetProperty("metadata").GetProperty("component").GetProperty("purl").GetString(), StringComparison.Ordinal);
    }

    [ToolFact("git", "apt-get", "gpgv", "dpkg-deb", "dockerd", "docker", "containerd", "runc")]
    public async Task A_job_in_the_ops_image_dumps_restores_and_compares()
    {
        var image = await images.First;
        using var engine = await RunningEngine.StartAsync(_folder);
        await Succeeds(image, "OpsImage", "--branch", "development", "--docker-host", engine.Address);

        var job = await engine.RunAsync("run", "--rm", "--network", "none", "--read-only", "--tmpfs", "/data", "--tmpfs", "/tmp", "wasm-wizard-ops:staging", "sh", "-euc", Backup);

        Assert.True(job.ExitCode == 0, job.Text);
        var lines = job.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        output.WriteLine(string.Join(" | ", lines));
        Assert.StartsWith("1000|", lines[0], StringComparison.Ordinal);
        Assert.Equal(lines[0], lines[1]);
        Assert.Equal("65532", lines[2]);
    }

    /// <summary>A server, a dump, a restore beside it, and count and hash of both.</summary>
    private const string Backup = """
        export PGHOST=/tmp PGPORT=5001 PGUSER=postgres
        initdb -D /data/db -A trust -U postgres > /tmp/initdb.log
        pg_ctl -D /data/db -w -o '-k /tmp -c listen_addresses= -p 5001' -l /tmp/server.log start > /tmp/start.log
        psql -qc 'create table t(i int primary key, s text); insert into t select g, repeat(chr(65 + g % 26), g) from generate_series(1, 1000) g'
        pg_dump -Fc -f /data/t.dump postgres
        createdb scratch
        pg_restore --exit-on-error -d scratch /data/t.dump
        for database in postgres scratch; do psql -d $database -Atc 'select count(*), sum(hashtextextended(t::text, 0)) from t'; done
        id -u
        pg_ctl -D /data/db -m fast stop > /tmp/stop.log
        """;

    private static async Task<Ended> Succeeds(BuiltImage image, params string[] arguments)
    {
        var ended = await image.Clone.Build(arguments);
        Assert.True(ended.ExitCode == 0, ended.ToString());
        return ended;
    }

    private static double Median(IReadOnlyCollection<double> values) => values.Order().ElementAt(values.Count / 2);

    private static string Seconds(IReadOnlyCollection<double> values) => $"{Median(values):0.00} ({string.Join(", ", values.Select(value => $"{value:0.00}"))})";
}
