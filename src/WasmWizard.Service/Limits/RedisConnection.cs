using StackExchange.Redis;

namespace WasmWizard.Service.Limits;

/// <summary>The one connection to Redis, single or cluster. It comes up when Redis does; until then commands fail at once.</summary>
public sealed class RedisConnection : IAsyncDisposable
{
    private const int DefaultPort = 6379;

    /// <summary>A command that takes longer is answered as unknown: a request does not hang on a limit.</summary>
    private const int CommandMilliseconds = 1000;

    private const int ConnectMilliseconds = 1000;

    private readonly Lazy<Task<ConnectionMultiplexer>> _connection;

    /// <param name="urls">redis://[user:password@]host[:port][/database], or several of them for a cluster; a secret.</param>
    public RedisConnection(string urls)
    {
        var options = OptionsOf(urls);
        _connection = new(() => ConnectionMultiplexer.ConnectAsync(options));
    }

    public async Task<IDatabaseAsync> DatabaseAsync() => (await _connection.Value).GetDatabase();

    /// <summary>Null when Redis answers, else why not, in one sentence without its address.</summary>
    public async Task<string?> CheckAsync()
    {
        try
        {
            await (await DatabaseAsync()).PingAsync();
            return null;
        }
        catch (Exception exception) when (exception is RedisException or TimeoutException)
        {
            return "Redis does not answer.";
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_connection.IsValueCreated)
            await (await _connection.Value).DisposeAsync();
    }

    internal static ConfigurationOptions OptionsOf(string urls)
    {
        var options = new ConfigurationOptions
        {
            AbortOnConnectFail = false,
            ConnectTimeout = ConnectMilliseconds,
            AsyncTimeout = CommandMilliseconds,
            SyncTimeout = CommandMilliseconds,
            BacklogPolicy = BacklogPolicy.FailFast,
            ReconnectRetryPolicy = new LinearRetry(ConnectMilliseconds),
            ClientName = "wasm-wizard",
        };
        foreach (var url in urls.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var uri = new Uri(url);
            options.EndPoints.Add(uri.Host, uri.Port > 0 ? uri.Port : DefaultPort);
            options.Ssl |= uri.Scheme == "rediss";
            var user = uri.UserInfo.Split(':', 2);
            if (user.Length == 2)
            {
                options.User = user[0].Length == 0 ? null : Uri.UnescapeDataString(user[0]);
                options.Password = Uri.UnescapeDataString(user[1]);
            }

            if (int.TryParse(uri.AbsolutePath.TrimStart('/'), System.Globalization.CultureInfo.InvariantCulture, out var database))
                options.DefaultDatabase = database;
        }

        return options;
    }
}
