using WasmWizard.Service.Accounts;
using WasmWizard.Service.Data;
using WasmWizard.Service.Settings;

namespace WasmWizard.Service.Commands;

/// <summary>
/// The command admin register-key: a key that was made elsewhere and is mounted as a file becomes known here. Nothing is printed, so it may
/// run where everything that is printed is kept.
/// </summary>
internal static class RegisterKeyCommand
{
    private const string Usage = "usage: WasmWizard.Service admin register-key --role admin|user --tier TIER [--user NAME] --file PATH";

    public static async Task<int> RunAsync(ServiceSettings settings, IReadOnlyList<string> arguments, TextWriter output, TextWriter errors, CancellationToken cancellation)
    {
        if (CreateKeyCommand.Parse(arguments) is not { File: { } file, ExpiresInDays: null } asked)
        {
            await errors.WriteLineAsync($"The options cannot be read; nothing was made known.{Environment.NewLine}{Usage}");
            return ExitCode.Usage;
        }

        if (await ReadAsync(file, cancellation) is not { } key)
        {
            await errors.WriteLineAsync($"--file {file} holds no key that can be read; ww_ and 32 letters or digits are required. Nothing was made known.");
            return ExitCode.Usage;
        }

        await using var database = Databases.Of(settings);
        var keys = new KeyStore(database, TimeProvider.System);
        switch (await keys.FindAsync(key, cancellation))
        {
            case KeyLookup.Valid:
                await output.WriteLineAsync("The key holds already.");
                return ExitCode.Done;
            case KeyLookup.Refused { Reason: not "unknown" } refused:
                await errors.WriteLineAsync($"The key does not hold and does not come back: {refused.Reason}. Bring a new one.");
                return ExitCode.NotCurrent;
        }

        if (await new TierStore(database).FindAsync(asked.Tier, cancellation) is null)
        {
            await errors.WriteLineAsync($"There is no tier \"{asked.Tier}\"; nothing was made known.");
            return ExitCode.Usage;
        }

        var user = await new UserStore(database, TimeProvider.System).FindOrCreateAsync(asked.User, asked.Role, asked.Tier, cancellation);
        if (user.Role != asked.Role.Word())
        {
            await errors.WriteLineAsync($"The user \"{user.Name}\" has the role {user.Role}, not {asked.Role.Word()}; nothing was made known.");
            return ExitCode.Usage;
        }

        var id = await keys.AddAsync(key, user.Id, asked.Tier, null, cancellation);
        await output.WriteLineAsync($"Key {id} ({key.Prefix}...) of {user.Name}, tier {asked.Tier}, holds.");
        return ExitCode.Done;
    }

    private static async Task<ApiKey?> ReadAsync(string file, CancellationToken cancellation)
    {
        try
        {
            return ApiKey.Parse((await File.ReadAllTextAsync(file, cancellation)).Trim());
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
