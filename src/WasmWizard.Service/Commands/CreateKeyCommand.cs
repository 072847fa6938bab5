using System.Globalization;
using WasmWizard.Service.Accounts;
using WasmWizard.Service.Data;
using WasmWizard.Service.Settings;

namespace WasmWizard.Service.Commands;

/// <summary>The command admin create-key: how the first key comes into being, and those of probes, tests and load.</summary>
internal static class CreateKeyCommand
{
    private const string Usage = "usage: WasmWizard.Service admin create-key --role admin|user --tier TIER [--user NAME] [--expires-in-days N] [--file PATH]";

    public static async Task<int> RunAsync(ServiceSettings settings, IReadOnlyList<string> arguments, TextWriter output, TextWriter errors, CancellationToken cancellation)
    {
        if (Parse(arguments) is not { } asked)
        {
            await errors.WriteLineAsync($"The options cannot be read; nothing was made.{Environment.NewLine}{Usage}");
            return ExitCode.Usage;
        }

        await using var database = Databases.Of(settings);
        if (await new TierStore(database).FindAsync(asked.Tier, cancellation) is null)
        {
            await errors.WriteLineAsync($"There is no tier \"{asked.Tier}\"; nothing was made. Tiers are free, basic, pro, enterprise, unlimited and those that admins made.");
            return ExitCode.Usage;
        }

        return await MakeAsync(database, asked, output, errors, cancellation);
    }

    private static async Task<int> MakeAsync(IDatabase database, Asked asked, TextWriter output, TextWriter errors, CancellationToken cancellation)
    {
        try
        {
            // The file first: a key that could not be handed over would be lost and still hold.
            await using var file = asked.File is null ? null : OpenForOwnerOnly(asked.File);
            var user = await new UserStore(database, TimeProvider.System).FindOrCreateAsync(asked.User, asked.Role, asked.Tier, cancellation);
            if (user.Role != asked.Role.Word())
            {
                await errors.WriteLineAsync($"The user \"{user.Name}\" has the role {user.Role}, not {asked.Role.Word()}; nothing was made. Give another --user, or change the role as an admin.");
                return ExitCode.Usage;
            }

            DateTimeOffset? expires = asked.ExpiresInDays is { } days ? TimeProvider.System.GetUtcNow().AddDays(days) : null;
            var (id, key) = await new KeyStore(database, TimeProvider.System).CreateAsync(user.Id, asked.Tier, expires, cancellation);
            if (file is null)
                await output.WriteLineAsync(key.Reveal());
            else
                await file.WriteLineAsync(key.Reveal());
            await errors.WriteLineAsync($"Key {id} ({key.Prefix}...) of {user.Name}, tier {asked.Tier}{(expires is { } end ? $", until {end:u}" : "")}. It is shown once and stored nowhere.");
            return ExitCode.Done;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            await errors.WriteLineAsync($"--file {asked.File} cannot be made: {exception.Message} Nothing was made; a path is required where no file is and this user can write.");
            return ExitCode.Usage;
        }
    }

    /// <summary>A new file: one that exists is not written over.</summary>
    private static StreamWriter OpenForOwnerOnly(string path)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return new StreamWriter(path, options);
    }

    internal static Asked? Parse(IReadOnlyList<string> arguments)
    {
        var options = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var i = 0; i < arguments.Count; i += 2)
        {
            if (i + 1 == arguments.Count || arguments[i] is not ("--role" or "--tier" or "--user" or "--expires-in-days" or "--file") || !options.TryAdd(arguments[i], arguments[i + 1]))
                return null;
        }

        if (Roles.Parse(options.GetValueOrDefault("--role")) is not { } role || !options.TryGetValue("--tier", out var tier))
            return null;
        int? days = null;
        if (options.TryGetValue("--expires-in-days", out var text))
        {
            if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number is < 1 or > 3650)
                return null;
            days = number;
        }

        return new Asked(role, tier, options.GetValueOrDefault("--user", role.Word()), days, options.GetValueOrDefault("--file"));
    }

    internal sealed record Asked(Role Role, string Tier, string User, int? ExpiresInDays, string? File);
}
