using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using WasmWizard.Service.Accounts;
using WasmWizard.Service.Data;
using WasmWizard.Service.Settings;
using WasmWizard.Service.Web;

namespace WasmWizard.Service.Tests;

/// <summary>The real service on a loopback port of the system's choice, with a data path of its own.</summary>
internal sealed class RunningService : IAsyncDisposable
{
    /// <summary>A safety net far above anything a test waits for.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    private readonly TemporaryDirectory _data;
    private readonly List<HttpClient> _callers = [];

    private RunningService(WebApplication app, TemporaryDirectory data)
    {
        App = app;
        _data = data;
        var address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        Client = new HttpClient { BaseAddress = new Uri(address), Timeout = Patience };
    }

    public WebApplication App { get; }

    public HttpClient Client { get; }

    public string DataPath => _data.Path;

    public TierStore Tiers => App.Services.GetRequiredService<TierStore>();

    public IDatabase Database => App.Services.GetRequiredService<IDatabase>();

    public static Task<RunningService> StartAsync(params (string Name, string Value)[] variables) => StartAsync(migrate: true, variables);

    public static async Task<RunningService> StartAsync(bool migrate, params (string Name, string Value)[] variables)
    {
        var data = new TemporaryDirectory();
        var app = ServiceHost.Build(SettingsFor(data.Path, variables));
        if (migrate)
            await MigrateAsync(app);
        await app.StartAsync();
        return new RunningService(app, data);
    }

    /// <summary>The schema, with a Free tier that is not limited: most tests ask more often than an anonymous caller may.</summary>
    private static async Task MigrateAsync(WebApplication app)
    {
        Assert.IsType<MigrationReport.Done>(await app.Services.GetRequiredService<Migrator>().MigrateAsync(CancellationToken.None));
        var tiers = app.Services.GetRequiredService<TierStore>();
        var free = (await tiers.FindAsync(Tier.Free, CancellationToken.None))!;
        await tiers.PutAsync(free with { ExecutionsPerMinute = null, ExecutionsPerDay = null }, CancellationToken.None);
    }

    public static ServiceSettings SettingsFor(string dataPath, params (string Name, string Value)[] variables)
    {
        var environment = new Dictionary<string, string>
        {
            ["ENVIRONMENT"] = "development",
            ["AUTH_REQUIRED"] = "false",
            ["RUST_LOG"] = "warn",
            ["LISTEN_URLS"] = "http://127.0.0.1:0",
            ["DATA_PATH"] = dataPath,
        };
        foreach (var (name, value) in variables)
            environment[name] = value;
        return Assert.IsType<ParsedSettings.Valid>(ServiceSettings.Parse(environment, SettingsPurpose.Serve, File.ReadAllText)).Settings;
    }

    /// <summary>A client with an address of its own on loopback, 127.0.0.<paramref name="last"/>: another anonymous caller for the service.</summary>
    public HttpClient CallerAt(byte last)
    {
        var address = new IPAddress([127, 0, 0, last]);
        var handler = new SocketsHttpHandler
        {
            ConnectCallback = async (context, cancellation) =>
            {
                var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
                socket.Bind(new IPEndPoint(address, 0));
                await socket.ConnectAsync(context.DnsEndPoint, cancellation);
                return new NetworkStream(socket, ownsSocket: true);
            },
        };
        var client = new HttpClient(handler) { BaseAddress = Client.BaseAddress, Timeout = Patience };
        _callers.Add(client);
        return client;
    }

    /// <summary>A key of a new user.</summary>
    public async Task<string> NewKeyAsync(string tier, Role role = Role.User, string? user = null, DateTimeOffset? expires = null)
    {
        var owner = await App.Services.GetRequiredService<UserStore>().FindOrCreateAsync(user ?? Guid.NewGuid().ToString("N"), role, tier, CancellationToken.None);
        return (await App.Services.GetRequiredService<KeyStore>().CreateAsync(owner.Id, tier, expires, CancellationToken.None)).Key.Reveal();
    }

    /// <summary>A client that sends this key with every request.</summary>
    public HttpClient ClientWith(string key)
    {
        var client = new HttpClient { BaseAddress = Client.BaseAddress, Timeout = Patience };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        return client;
    }

    public async Task SqlAsync(string sql)
    {
        await using var connection = await Database.OpenAsync(CancellationToken.None);
        await connection.ExecuteAsync(sql, null, CancellationToken.None);
    }

    /// <summary>As <see cref="ExecuteAsync(string,string,string,CancellationToken)"/>, by another caller.</summary>
    public static Task<Answer> ExecuteAsync(HttpClient client, string wat, string input = "", CancellationToken cancellation = default) =>
        ExecuteAsync(client, System.Text.Encoding.UTF8.GetBytes(wat), input, cancellation);

    public static async Task<Answer> ExecuteAsync(HttpClient client, byte[] module, string input, CancellationToken cancellation = default)
    {
        using var form = Form(module, input);
        using var response = await client.PostAsync(new Uri("/api/execute", UriKind.Relative), form, cancellation);
        return await Answer.OfAsync(response);
    }

    public Task<Answer> ExecuteAsync(string wat, string input = "", string? accept = null, CancellationToken cancellation = default) =>
        ExecuteAsync(System.Text.Encoding.UTF8.GetBytes(wat), input, accept, cancellation);

    public async Task<Answer> ExecuteAsync(byte[] module, string input = "", string? accept = null, CancellationToken cancellation = default)
    {
        using var form = Form(module, input);
        return await PostAsync(form, accept, cancellation);
    }

    private static MultipartFormDataContent Form(byte[] module, string input) => new()
    {
        { new ByteArrayContent(module), "wasm", "module.wasm" },
        { new StringContent(input), "input" },
    };

    public async Task<Answer> PostAsync(HttpContent content, string? accept = null, CancellationToken cancellation = default)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/execute") { Content = content };
        if (accept is not null)
            request.Headers.Accept.Add(MediaTypeWithQualityHeaderValue.Parse(accept));
        using var response = await Client.SendAsync(request, cancellation);
        return await Answer.OfAsync(response);
    }

    public async Task<Answer> GetAsync(string path)
    {
        using var response = await Client.GetAsync(new Uri(path, UriKind.Relative));
        return await Answer.OfAsync(response);
    }

    /// <summary>The value of one series of /metrics; 0 when it is not there.</summary>
    public async Task<double> MetricAsync(string series)
    {
        var text = (await GetAsync("/metrics")).Text;
        var line = text.Split('\n').FirstOrDefault(l => l.StartsWith(series + " ", StringComparison.Ordinal));
        return line is null ? 0 : double.Parse(line[(series.Length + 1)..], System.Globalization.CultureInfo.InvariantCulture);
    }

    /// <summary>Asks again and again until <paramref name="condition"/> holds; the safety net ends a test that never gets there.</summary>
    public static async Task UntilAsync(Func<Task<bool>> condition)
    {
        using var deadline = new CancellationTokenSource(Patience);
        while (!await condition())
            await Task.Delay(5, deadline.Token);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        foreach (var caller in _callers)
            caller.Dispose();
        await App.StopAsync();
        await App.DisposeAsync();
        _data.Dispose();
    }
}

/// <summary>A response, read whole.</summary>
internal sealed record Answer(int Status, string? ContentType, byte[] Bytes, IReadOnlyDictionary<string, string> Headers)
{
    public string Text => System.Text.Encoding.UTF8.GetString(Bytes);

    public JsonElement Json => JsonDocument.Parse(Bytes).RootElement;

    public string? this[string property] => Json.TryGetProperty(property, out var value) && value.ValueKind != JsonValueKind.Null ? value.ToString() : null;

    public static async Task<Answer> OfAsync(HttpResponseMessage response) => new(
        (int)response.StatusCode,
        response.Content.Headers.ContentType?.ToString(),
        await response.Content.ReadAsByteArrayAsync(),
        response.Headers.Concat(response.Content.Headers).ToDictionary(h => h.Key, h => string.Join(", ", h.Value), StringComparer.OrdinalIgnoreCase));
}
