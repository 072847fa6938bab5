using System.Diagnostics;
using System.Text.Json;
using WasmWizard.Delivery.Containers;
using WasmWizard.Delivery.Releases;

namespace WasmWizard.Delivery.Local.Tests.Fixtures;

/// <summary>The real service, published once for a test run; its variants differ in a file that changes the digest.</summary>
public sealed class PublishedService : IAsyncLifetime, IDisposable
{
    private static readonly Dictionary<string, string> Usual = new()
    {
        ["ENVIRONMENT"] = "development",
        ["AUTH_REQUIRED"] = "false",
        ["RUST_LOG"] = "info",
        // Probes and load are not users of the free tier.
        ["RATE_LIMIT_ANONYMOUS"] = "false",
    };

    /// <summary>Brought by the release with one migration more.</summary>
    public const string NextMigration = "9000_marks";

    private readonly string _root = Directory.CreateTempSubdirectory("published-service-").FullName;
    private readonly SemaphoreSlim _one = new(1);
    private string? _nextSchema;

    /// <summary>A release of the service as it is in the repository, with its layer.</summary>
    /// <param name="variant">Releases of different variants have different digests.</param>
    /// <param name="variables">Added to the usual ones.</param>
    public Task<Deliverable> Release(string variant, params (string Name, string Value)[] variables) =>
        Pack(Path.Combine(_root, "service"), variant, Migrations(Path.Combine(_root, "service")), variables);

    /// <summary>A release of the service with one migration more.</summary>
    /// <param name="admitted">The release names its second migration; else it lies, and is never ready.</param>
    public async Task<Deliverable> WithSecondMigration(bool admitted = true)
    {
        await _one.WaitAsync();
        try
        {
            _nextSchema ??= await PublishNextSchema();
        }
        finally
        {
            _one.Release();
        }

        var before = Migrations(Path.Combine(_root, "service"));
        return await Pack(_nextSchema, "next schema", admitted ? [.. before, NextMigration] : before, []);
    }

    public Task InitializeAsync() => Publish(Path.Combine(Repository.Root, "src/WasmWizard.Service"), Path.Combine(_root, "service"));

    public Task DisposeAsync()
    {
        Directory.Delete(_root, recursive: true);
        return Task.CompletedTask;
    }

    public void Dispose() => _one.Dispose();

    private static async Task Publish(string project, string output)
    {
        var start = new ProcessStartInfo(Repository.Dotnet) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in new[] { "publish", project, "-c", "Release", "-r", "linux-x64", "--self-contained", "false", "-o", output, "-v", "q", "--nologo" })
            start.ArgumentList.Add(argument);
        using var process = Process.Start(start)!;
        var said = await process.StandardOutput.ReadToEndAsync() + await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, said);
    }

    private async Task<string> PublishNextSchema()
    {
        var copy = Path.Combine(_root, "next-schema");
        foreach (var file in new[] { "Directory.Build.props", "Directory.Packages.props", "nuget.config", "global.json", ".editorconfig" })
            Copy(Path.Combine(Repository.Root, file), Path.Combine(copy, file));
        var source = Path.Combine(Repository.Root, "src/WasmWizard.Service");
        foreach (var file in Directory.EnumerateFiles(source, "*", SearchOption.AllDirectories))
        {
            var relative = Path.GetRelativePath(source, file);
            if (relative.Split('/')[0] is not ("bin" or "obj"))
                Copy(file, Path.Combine(copy, "src/WasmWizard.Service", relative));
        }

        await File.WriteAllTextAsync(
            Path.Combine(copy, $"src/WasmWizard.Service/Migrations/Sqlite/{NextMigration}.sql"), "CREATE TABLE marks (id INTEGER PRIMARY KEY, mark TEXT NOT NULL);\n");
        var output = Path.Combine(_root, "service-next-schema");
        await Publish(Path.Combine(copy, "src/WasmWizard.Service"), output);
        return output;
    }

    /// <summary>What the published service says of itself.</summary>
    private static IReadOnlyList<string> Migrations(string published)
    {
        using var contract = JsonDocument.Parse(File.ReadAllText(Path.Combine(published, "service-contract.json")));
        return [.. contract.RootElement.GetProperty("migrations").EnumerateArray()
            .Where(migration => migration.GetProperty("engine").GetString() == "sqlite")
            .Select(migration => migration.GetProperty("name").GetString()!)];
    }

    private static void Copy(string from, string to)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(to)!);
        File.Copy(from, to);
    }

    private async Task<Deliverable> Pack(string folder, string variant, IReadOnlyList<string> migrations, (string Name, string Value)[] variables)
    {
        await _one.WaitAsync();
        try
        {
            await File.WriteAllTextAsync(Path.Combine(folder, "variant.txt"), variant);
            var layer = Path.Combine(_root, $"{Path.GetFileName(folder)}-{variant.Replace(' ', '-')}.tar");
            var digest = await AppLayer.Write(folder, layer);
            var all = new Dictionary<string, string>(Usual);
            foreach (var (name, value) in variables)
                all[name] = value;
            return new Deliverable(
                new Release
                {
                    Version = $"0.0.0-test.{variant.Replace(' ', '-')}",
                    Commit = "0123456789abcdef0123456789abcdef01234567",
                    Tree = "89abcdef0123456789abcdef0123456789abcdef",
                    Digest = digest,
                    Config = ConfigHash.Of(all),
                    Variables = all,
                    Migrations = migrations,
                },
                layer);
        }
        finally
        {
            _one.Release();
        }
    }
}

/// <summary>A release and the tar of its layer.</summary>
public sealed record Deliverable(Release Release, string Layer);

/// <summary>Tests that start many processes run one after the other and share the published service.</summary>
[CollectionDefinition(Name)]
public sealed class Deployments : ICollectionFixture<PublishedService>
{
    public const string Name = "deployments";
}
