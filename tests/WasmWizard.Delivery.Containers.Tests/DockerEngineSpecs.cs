using System.Formats.Tar;
using System.Net.Sockets;
using System.Security.Cryptography;
using WasmWizard.Delivery.Containers.Engines;
using WasmWizard.Delivery.Containers.Oci;

namespace WasmWizard.Delivery.Containers.Tests;

public sealed class DockerEngineSpecs : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("wasm-wizard-engine-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [ToolFact("dockerd", "docker", "containerd", "runc")]
    [Trait("suite", "complete")]
    public async Task A_loaded_image_is_the_one_that_was_built()
    {
        using var engine = await RunningEngine.StartAsync(_folder);
        var image = await SampleLayout.WriteAsync(_folder);
        using var client = new DockerEngine(engine.Address);

        Assert.Equal(image.Manifest.Config.Digest, await client.LoadAsync(image, ["wasm-wizard:research"]));

        var (code, inspected) = await engine.RunAsync("image", "inspect", "--format", "{{.Config.User}} {{.Config.Entrypoint}} {{.Architecture}}", "wasm-wizard:research");
        Assert.Equal((0, "65532:65532 [/app/run] amd64"), (code, inspected.Trim()));
    }

    [ToolFact("dockerd", "docker", "containerd", "runc")]
    [Trait("suite", "complete")]
    public async Task An_engine_builds_the_same_files_and_settings_from_the_generated_dockerfile()
    {
        using var engine = await RunningEngine.StartAsync(_folder);
        var image = await SampleLayout.WriteAsync(Path.Combine(_folder, "context"));
        var context = Path.GetDirectoryName(image.Folder)!;
        await File.WriteAllTextAsync(
            Path.Combine(context, "Dockerfile"), Dockerfile.Write(SampleLayout.Settings, image.Manifest.Layers.Select(layer => Path.GetRelativePath(context, image.PathOf(layer))), "the test"));
        using var client = new DockerEngine(engine.Address);
        await client.LoadAsync(image, ["sample:ours"]);

        var built = await engine.RunAsync("build", "--quiet", "--tag", "sample:theirs", context);

        Assert.True(built.ExitCode == 0, built.Text);
        const string Settings = "{{.Config.User}} {{json .Config.Entrypoint}} {{.Config.WorkingDir}} {{json .Config.ExposedPorts}} {{json .Config.Healthcheck}} {{json .Config.Labels}}";
        Assert.Equal(await Told(engine, "sample:ours", Settings), await Told(engine, "sample:theirs", Settings));
        Assert.All(SampleLayout.Settings.Variables, variable => Assert.Contains($"{variable.Key}={variable.Value}", Told(engine, "sample:theirs", "{{json .Config.Env}}").Result, StringComparison.Ordinal));
        var ours = await FilesAsync(engine, "sample:ours");
        Assert.Contains("data/ Directory 65532 1777", string.Join('\n', ours), StringComparison.Ordinal);
        Assert.Equal(ours, await FilesAsync(engine, "sample:theirs"));
    }

    [Fact]
    public async Task Where_no_engine_answers_it_says_so()
    {
        var image = await SampleLayout.WriteAsync(_folder);
        using var absent = new DockerEngine($"unix://{_folder}/none.sock");

        var told = await Assert.ThrowsAsync<ImageException>(() => absent.LoadAsync(image, ["a:b"]));

        Assert.Contains("no engine answers", told.Message, StringComparison.Ordinal);
        Assert.Throws<ImageException>(() => new DockerEngine("tcp://127.0.0.1:1").Dispose());
    }

    [Theory]
    [InlineData("HTTP/1.1 500 -\r\nContent-Length: 4\r\nConnection: close\r\n\r\nfull", "does not take the image (500): full")]
    [InlineData("HTTP/1.1 200 -\r\nContent-Length: 18\r\nConnection: close\r\n\r\n{\"errorDetail\":{}}", "does not take the image (200)")]
    [InlineData("HTTP/1.1 200 -\r\nContent-Length: 12\r\nConnection: close\r\n\r\n{\"Id\":\"abc\"}", "holds abc as a:b")]
    public async Task An_engine_that_says_no_or_holds_another_image_is_not_believed(string reply, string told)
    {
        var image = await SampleLayout.WriteAsync(_folder);
        var socket = Path.Combine(_folder, "engine.sock");
        using var listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        listener.Bind(new UnixDomainSocketEndPoint(socket));
        listener.Listen();
        var serving = AnswerAsync(listener, System.Text.Encoding.ASCII.GetBytes(reply));
        using var client = new DockerEngine($"unix://{socket}");

        Assert.Contains(told, (await Assert.ThrowsAsync<ImageException>(() => client.LoadAsync(image, ["a:b"]))).Message, StringComparison.Ordinal);

        listener.Close();
        await serving;
    }

    private static async Task<string> Told(RunningEngine engine, string image, string format) => (await engine.RunAsync("image", "inspect", "--format", format, image)).Text.Trim();

    /// <summary>Every file of a container of this image: name, kind, owner, rights, contents.</summary>
    private async Task<IReadOnlyList<string>> FilesAsync(RunningEngine engine, string image)
    {
        var name = image.Replace(':', '-');
        var tar = Path.Combine(_folder, $"{name}.tar");
        Assert.Equal(0, (await engine.RunAsync("create", "--name", name, image)).ExitCode);
        Assert.Equal(0, (await engine.RunAsync("export", "--output", tar, name)).ExitCode);
        await using var reader = new TarReader(File.OpenRead(tar));
        var files = new List<string>();
        while (await reader.GetNextEntryAsync(copyData: true) is { } entry)
        {
            var content = entry.DataStream is { } data ? Convert.ToHexStringLower(await SHA256.HashDataAsync(data)) : entry.LinkName;
            files.Add($"{entry.Name} {entry.EntryType} {entry.Uid} {Convert.ToString((int)entry.Mode, 8)} {content}");
        }

        return files;
    }

    private static async Task AnswerAsync(Socket listener, byte[] reply)
    {
        try
        {
            while (true)
            {
                using var connection = await listener.AcceptAsync();
                await using var stream = new NetworkStream(connection);
                var body = 0L;
                while (await LineAsync(stream) is { Length: > 0 } line)
                    body = line.StartsWith("Content-Length: ", StringComparison.Ordinal) ? long.Parse(line[16..], System.Globalization.CultureInfo.InvariantCulture) : body;
                for (var buffer = new byte[65536]; body > 0; body -= await stream.ReadAsync(buffer.AsMemory(0, (int)Math.Min(body, buffer.Length))))
                    continue;
                await connection.SendAsync(reply);
            }
        }
        catch (Exception stopped) when (stopped is SocketException or ObjectDisposedException)
        {
            return;
        }
    }

    private static async Task<string> LineAsync(NetworkStream stream)
    {
        var line = new List<byte>();
        var next = new byte[1];
        while (await stream.ReadAsync(next) == 1 && next[0] != '\n')
            line.Add(next[0]);
        return System.Text.Encoding.ASCII.GetString([.. line]).TrimEnd('\r');
    }
}
