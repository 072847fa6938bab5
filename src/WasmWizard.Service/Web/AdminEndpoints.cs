using System.Buffers;
using WasmWizard.Service.Accounts;
using WasmWizard.Service.Settings;

namespace WasmWizard.Service.Web;

/// <summary>What admins do: users, keys, tiers, and stopping executions.</summary>
internal sealed class AdminEndpoints(ServiceSettings settings, UserStore users, KeyStore keys, TierStore tiers, FreezeSwitch freeze, KeyEndpoints keyEndpoints)
{
    private const int MaxNameLength = 200;
    private const int MaxReasonLength = 500;
    private const long LeastMemoryBytes = 65536;
    private static readonly SearchValues<char> NameLetters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-");

    public async Task<IResult> UsersAsync(HttpContext context) => Results.Json(new { users = await users.ListAsync(context.RequestAborted) }, Json.Options);

    public async Task<IResult> AddUserAsync(HttpContext context)
    {
        var (asked, problem) = await Bodies.ReadJsonAsync<NewUser>(context);
        if (problem is not null)
            return problem.ToResult();
        if (string.IsNullOrWhiteSpace(asked!.Name) || asked.Name.Length > MaxNameLength || asked.Name.Contains('\0', StringComparison.Ordinal))
            return Problem.BadJson($"name is required, at most {MaxNameLength} characters long.").ToResult();
        if (await FaultInAsync(asked.Role ?? "user", asked.Tier ?? Tier.Free, context.RequestAborted) is { } fault)
            return fault.ToResult();
        var user = await users.FindOrCreateAsync(asked.Name, Roles.Parse(asked.Role ?? "user")!.Value, asked.Tier ?? Tier.Free, context.RequestAborted);
        return Results.Json(user, Json.Options, statusCode: StatusCodes.Status201Created);
    }

    public async Task<IResult> ChangeUserAsync(HttpContext context)
    {
        var (asked, problem) = await Bodies.ReadJsonAsync<UserChange>(context);
        if (problem is not null)
            return problem.ToResult();
        if (await FaultInAsync(asked!.Role, asked.Tier, context.RequestAborted) is { } fault)
            return fault.ToResult();
        return await users.ChangeAsync(Route(context, "id"), Roles.Parse(asked.Role), asked.Tier, asked.Disabled, context.RequestAborted)
            ? Results.Json(await users.FindAsync(Route(context, "id"), context.RequestAborted), Json.Options)
            : Problem.NoSuch("user").ToResult();
    }

    public async Task<IResult> UserKeysAsync(HttpContext context) =>
        Results.Json(new { keys = await keys.ListAsync(Route(context, "id"), context.RequestAborted) }, Json.Options);

    public async Task<IResult> AddKeyAsync(HttpContext context)
    {
        if (await users.FindAsync(Route(context, "id"), context.RequestAborted) is not { } user)
            return Problem.NoSuch("user").ToResult();
        return await keyEndpoints.CreateAsync(context, user.Id, (await tiers.FindAsync(user.Tier, context.RequestAborted))!);
    }

    public async Task<IResult> RevokeKeyAsync(HttpContext context) =>
        await keys.RevokeAsync(Route(context, "id"), null, context.RequestAborted) ? Results.NoContent() : Problem.NoSuch("key").ToResult();

    public async Task<IResult> TiersAsync(HttpContext context) =>
        Results.Json(new { tiers = (await tiers.ListAsync(context.RequestAborted)).Select(Shown) }, Json.Options);

    public async Task<IResult> PutTierAsync(HttpContext context)
    {
        var (asked, problem) = await Bodies.ReadJsonAsync<TierBody>(context);
        if (problem is not null)
            return problem.ToResult();
        var name = Route(context, "name");
        if (name.Length > MaxNameLength || name.AsSpan().ContainsAnyExcept(NameLetters))
            return Problem.BadJson("A tier's name is required to have lower-case letters, digits and hyphens only.").ToResult();
        if (asked!.ExecutionsPerMinute <= 0 || asked.ExecutionsPerDay <= 0 || asked.Rank < 0)
            return Problem.BadJson("rank from 0, executionsPerMinute and executionsPerDay from 1 (or null: not limited) are required.").ToResult();
        if (asked.MemoryBytes < LeastMemoryBytes || asked.MemoryBytes > settings.MaxMemoryBytes)
            return Problem.BadJson($"memoryBytes from {LeastMemoryBytes} to {settings.MaxMemoryBytes}, the ceiling, is required.").ToResult();
        if (asked.WallTimeSeconds <= 0 || asked.WallTimeSeconds > settings.MaxExecutionTime.TotalSeconds)
            return Problem.BadJson($"wallTimeSeconds above 0 and up to {settings.MaxExecutionTime.TotalSeconds}, the ceiling, is required.").ToResult();
        var tier = new Tier(name, asked.Rank, asked.ExecutionsPerMinute, asked.ExecutionsPerDay, asked.MemoryBytes, TimeSpan.FromSeconds(asked.WallTimeSeconds));
        await tiers.PutAsync(tier, context.RequestAborted);
        return Results.Json(Shown(tier), Json.Options);
    }

    public async Task<IResult> FreezeAsync(HttpContext context) =>
        Results.Json(new { freeze = await freeze.ReadAsync(context.RequestAborted) }, Json.Options);

    public async Task<IResult> SetFreezeAsync(HttpContext context)
    {
        var (asked, problem) = await Bodies.ReadJsonAsync<FreezeBody>(context);
        if (problem is not null)
            return problem.ToResult();
        if (string.IsNullOrWhiteSpace(asked!.Reason) || asked.Reason.Length > MaxReasonLength || asked.Reason.Contains('\0', StringComparison.Ordinal))
            return Problem.BadJson($"reason is required, at most {MaxReasonLength} characters long: it is what callers are told.").ToResult();
        await freeze.SetAsync(asked.Reason, context.Caller().UserId, context.RequestAborted);
        return await FreezeAsync(context);
    }

    public async Task<IResult> ClearFreezeAsync(HttpContext context)
    {
        await freeze.ClearAsync(context.RequestAborted);
        return Results.NoContent();
    }

    private async Task<Problem?> FaultInAsync(string? role, string? tier, CancellationToken cancellation)
    {
        if (role is not null && Roles.Parse(role) is null)
            return Problem.BadJson($"role is \"{role}\"; user or admin is required.");
        return tier is not null && await tiers.FindAsync(tier, cancellation) is null ? Problem.BadJson($"There is no tier \"{tier}\".") : null;
    }

    private static object Shown(Tier tier) => new
    {
        tier.Name,
        tier.Rank,
        tier.ExecutionsPerMinute,
        tier.ExecutionsPerDay,
        tier.MemoryBytes,
        wallTimeSeconds = tier.WallTime.TotalSeconds,
    };

    private static string Route(HttpContext context, string name) => (string)context.Request.RouteValues[name]!;

    private sealed record NewUser
    {
        public string? Name { get; init; }

        public string? Role { get; init; }

        public string? Tier { get; init; }
    }

    private sealed record UserChange
    {
        public string? Role { get; init; }

        public string? Tier { get; init; }

        public bool? Disabled { get; init; }
    }

    private sealed record TierBody
    {
        public int Rank { get; init; }

        public long? ExecutionsPerMinute { get; init; }

        public long? ExecutionsPerDay { get; init; }

        public long MemoryBytes { get; init; }

        public double WallTimeSeconds { get; init; }
    }

    private sealed record FreezeBody
    {
        public string? Reason { get; init; }
    }
}
