using WasmWizard.Service.Accounts;
using WasmWizard.Service.Data;
using WasmWizard.Service.Settings;

namespace WasmWizard.Service.Commands;

/// <summary>The command admin check-key: whether a key that somebody keeps in a file still holds.</summary>
internal static class CheckKeyCommand
{
    public static async Task<int> RunAsync(ServiceSettings settings, string file, TextWriter output, TextWriter errors, CancellationToken cancellation)
    {
        string text;
        try
        {
            text = (await File.ReadAllTextAsync(file, cancellation)).Trim();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            await errors.WriteLineAsync($"--file {file} cannot be read; a readable file with a key is required.");
            return ExitCode.Usage;
        }

        await using var database = Databases.Of(settings);
        var lookup = ApiKey.Parse(text) is { } key ? await new KeyStore(database, TimeProvider.System).FindAsync(key, cancellation) : new KeyLookup.Refused("malformed");
        await output.WriteLineAsync(lookup is KeyLookup.Refused refused ? $"The key does not hold: {refused.Reason}." : "The key holds.");
        return lookup is KeyLookup.Valid ? ExitCode.Done : ExitCode.NotCurrent;
    }
}
