using System.Globalization;
using StackExchange.Redis;

namespace WasmWizard.Service.Limits;

/// <summary>
/// The sliding window that all instances share: one sorted set a caller, members scored by Redis' own clock, looked at and added to
/// by one script, so that no two requests see the same room. Holds the admissions of the longest window, about 60 bytes each.
/// </summary>
public sealed class RedisRateLimiter(RedisConnection redis, bool refuseWithoutRedis, IRateLimiter withoutRedis) : IRateLimiter
{
    private const double MicrosecondsPerSecond = 1_000_000;

    /// <summary>
    /// ARGV: what makes the member unique, then limit and length in microseconds of each window. Answers {1, window, remaining, reset} or
    /// {0, window, wait}, windows from 0, times in microseconds. Numbers beyond 2^53 do not occur: times are about 2^51.
    /// </summary>
    private const string Script = """
        local time = redis.call('TIME')
        local now = time[1] * 1000000 + time[2]
        local longest = 0
        for i = 2, #ARGV, 2 do longest = math.max(longest, tonumber(ARGV[i + 1])) end
        redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', string.format('%.0f', now - longest))
        local full, wait, tightest, least, reset = -1, -1, -1, -1, 0
        for i = 2, #ARGV, 2 do
          local limit, length, window = tonumber(ARGV[i]), tonumber(ARGV[i + 1]), (i - 2) / 2
          local after = '(' .. string.format('%.0f', now - length)
          local count = redis.call('ZCOUNT', KEYS[1], after, '+inf')
          if count >= limit then
            local leaving = redis.call('ZRANGEBYSCORE', KEYS[1], after, '+inf', 'WITHSCORES', 'LIMIT', count - limit, 1)
            local this = leaving[2] + length - now
            if this > wait then full, wait = window, this end
          elseif least < 0 or limit - count - 1 < least then
            tightest, least, reset = window, limit - count - 1, length
            if count > 0 then
              local oldest = redis.call('ZRANGEBYSCORE', KEYS[1], after, '+inf', 'WITHSCORES', 'LIMIT', 0, 1)
              reset = oldest[2] + length - now
            end
          end
        end
        if full >= 0 then return {0, full, string.format('%.0f', wait)} end
        redis.call('ZADD', KEYS[1], string.format('%.0f', now), ARGV[1])
        redis.call('PEXPIRE', KEYS[1], math.ceil(longest / 1000))
        return {1, tightest, string.format('%.0f', least), string.format('%.0f', reset)}
        """;

    /// <summary>Makes members unique among all processes; several requests may come in the same microsecond.</summary>
    private readonly string _process = Guid.NewGuid().ToString("N")[..12];

    private long _request;

    public async ValueTask<RateDecision> AskAsync(string key, IReadOnlyList<RateWindow> windows, CancellationToken cancellation)
    {
        if (windows.Count == 0)
            return new RateDecision.Admitted(null, long.MaxValue, TimeSpan.Zero);
        try
        {
            var database = await redis.DatabaseAsync().WaitAsync(cancellation);
            var answer = await database.ScriptEvaluateAsync(Script, [$"wasm-wizard:rate:{key}"], Arguments(windows)).WaitAsync(cancellation);
            return Read((RedisResult[])answer!, windows);
        }
        catch (Exception exception) when (exception is RedisException or TimeoutException)
        {
            return refuseWithoutRedis ? new RateDecision.Unknown() : await withoutRedis.AskAsync(key, windows, cancellation);
        }
    }

    private RedisValue[] Arguments(IReadOnlyList<RateWindow> windows)
    {
        var number = Interlocked.Increment(ref _request).ToString(CultureInfo.InvariantCulture);
        return [$"{_process}-{number}", .. windows.SelectMany(window => new RedisValue[] { window.Limit, (long)(window.Length.TotalSeconds * MicrosecondsPerSecond) })];
    }

    private static RateDecision Read(RedisResult[] answer, IReadOnlyList<RateWindow> windows)
    {
        var window = windows[(int)answer[1]];
        return (int)answer[0] == 1
            ? new RateDecision.Admitted(window, (long)answer[2], Time(answer[3]))
            : new RateDecision.Limited(window, Time(answer[2]));
    }

    private static TimeSpan Time(RedisResult microseconds) => TimeSpan.FromSeconds((long)microseconds / MicrosecondsPerSecond);
}
