using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using WasmWizard.Delivery.Compose.Engine;
using WasmWizard.Delivery.Releases;
using WasmWizard.Delivery.Rollouts;

namespace WasmWizard.Delivery.Compose.Tests.Fixtures;

/// <summary>A staging environment on a clean engine; everything of it is removed at the end.</summary>
internal sealed class StagingEnvironment : IAsyncDisposable
{
    private StagingEnvironment(StagingPlace place)
    {
        Place = place;
        Staging = new Staging(place, Events.Enqueue, Options);
    }

    public StagingPlace Place { get; }

    public Staging Staging { get; }

    public ConcurrentQueue<string> Events { get; } = [];

    public static async Task<StagingEnvironment> OpenAsync(StagingEngine engine)
    {
        await engine.EndStandingAsync();
        var root = Directory.CreateTempSubdirectory("ww-staging-").FullName;
        var environment = new StagingEnvironment(new StagingPlace(
            engine.Address.Text, root, StagingEngine.FreePort(), StagingEngine.Host, engine.Certificate, engine.CertificateKey, engine.Authority, TestImages.Names, TestImages.Service, Path.Combine(Paths.Root, "monitoring", "staging"), engine.Subnets.Network, engine.Subnets.Control));
        await ClearAsync(environment.Staging.Engine);
        return environment;
    }

    /// <summary>A release of the real service; equal variants and variables give equal releases.</summary>
    public async Task<Release> ReleaseAsync(string variant, IReadOnlyDictionary<string, string>? variables = null, params string[] changes)
    {
        var digest = Digest.Of(Encoding.UTF8.GetBytes($"{variant} {string.Join(' ', changes)}"));
        var name = $"prepared:{digest.Hex}";
        if (await Staging.Engine.Find($"/images/{name}/json", CancellationToken.None) is null)
            await StagingEngine.VariantAsync(Staging.Engine, variant, name, changes);
        var all = new Dictionary<string, string>(Staging.Arrangement.Environment.Variables);
        foreach (var (key, value) in variables ?? new Dictionary<string, string>())
            all[key] = value;
        return new Release
        {
            Version = $"0.0.0-test.{variant.Replace(' ', '-')}",
            Commit = "0123456789abcdef0123456789abcdef01234567",
            Tree = "89abcdef0123456789abcdef0123456789abcdef",
            Digest = digest,
            Config = ConfigHash.Of(all),
            Variables = all,
            Migrations = Migrations,
        };
    }

    public static IReadOnlyList<string> Migrations { get; } = ReadMigrations();

    /// <summary>The outcome as the expected case, or a failure that says in words what it was instead.</summary>
    public T Is<T>(RolloutOutcome outcome)
        where T : RolloutOutcome => outcome is T expected
            ? expected
            : throw new Xunit.Sdk.XunitException($"Expected {typeof(T).Name}, but: {OutcomeText.Of(outcome, "development")}{Environment.NewLine}{string.Join(Environment.NewLine, Events)}");

    public async ValueTask DisposeAsync()
    {
        await ClearAsync(Staging.Engine);
        Staging.Dispose();
        Directory.Delete(Place.Root, recursive: true);
    }

    private static ComposeOptions Options(ComposeOptions options) => options with { ReadyWithin = TimeSpan.FromMinutes(2), StartWithin = TimeSpan.FromMinutes(2) };

    /// <summary>The environment's names are fixed, so only one is there at a time.</summary>
    internal static async Task ClearAsync(EngineClient engine)
    {
        foreach (var container in (await engine.Get("/containers/json?all=true", CancellationToken.None)).AsArray())
            await engine.Remove(container!["Id"]!.GetValue<string>(), CancellationToken.None);
        foreach (var volume in (await engine.Get("/volumes", CancellationToken.None))["Volumes"]?.AsArray() ?? [])
            await engine.Delete($"/volumes/{volume!["Name"]!.GetValue<string>()}", CancellationToken.None);
        foreach (var network in (await engine.Get("/networks", CancellationToken.None)).AsArray().Select(network => network!["Name"]!.GetValue<string>()).Where(name => name.StartsWith("wasm-wizard", StringComparison.Ordinal)))
            await engine.Delete($"/networks/{network}", CancellationToken.None);
    }

    private static IReadOnlyList<string> ReadMigrations()
    {
        using var contract = JsonDocument.Parse(File.ReadAllText(Path.Combine(Paths.Root, "src/WasmWizard.Service/service-contract.json")));
        return [.. contract.RootElement.GetProperty("migrations").EnumerateArray()
            .Where(migration => migration.GetProperty("engine").GetString() == "postgres")
            .Select(migration => migration.GetProperty("name").GetString()!)];
    }
}
