using System.Collections;
using System.Data.Common;
using WasmWizard.Service.Data;
using WasmWizard.Service.Settings;

namespace WasmWizard.Service.Commands;

/// <summary>Chooses the command: none serves; migrate, check and contract do one thing and end.</summary>
public static class CommandLine
{
    private const string Help = """
        usage: WasmWizard.Service [command]

          (none)     serve; settings come from the environment
          migrate    bring the database's schema forward; safe to run twice
          check      print the schema's state as JSON; exit code 3 when it is not current
          admin create-key --role admin|user --tier TIER [--user NAME] [--expires-in-days N] [--file PATH]
                     make a key, and its user when there is none of that name; the key is printed once, or with --file
                     written to a new file that only this user can read
          admin register-key --role admin|user --tier TIER [--user NAME] --file PATH
                     let the key in the file hold, which was made elsewhere; one that holds already is left as it is
          admin check-key --file PATH
                     say whether the key in the file holds; exit code 3 when it does not
          health     ask the service on the first address of LISTEN_URLS whether it is ready; exit code 1 when it is not
          contract   print service-contract.json
          help       print this
        """;

    /// <param name="output">For what the command prints; logs of a serving process go to the console by themselves.</param>
    /// <param name="errors">For messages to the operator.</param>
    public static async Task<int> RunAsync(
        IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string> variables, TextWriter output, TextWriter errors, CancellationToken cancellation)
    {
        switch (arguments)
        {
            case ["health"]:
                return await WithSettingsAsync(variables, SettingsPurpose.Migrate, errors, s => HealthCommand.RunAsync(s, errors, cancellation));
            case ["contract"]:
                await output.WriteAsync(ServiceContract.ToJson());
                return ExitCode.Done;
            case ["help" or "--help" or "-h"]:
                await output.WriteLineAsync(Help);
                return ExitCode.Done;
            case []:
                return await WithSettingsAsync(variables, SettingsPurpose.Serve, errors, s => ServeCommand.RunAsync(s, errors, cancellation));
            case ["migrate"]:
                return await WithSettingsAsync(variables, SettingsPurpose.Migrate, errors, s => MigrateCommand.MigrateAsync(s, output, errors, cancellation));
            case ["check"]:
                return await WithSettingsAsync(variables, SettingsPurpose.Migrate, errors, s => MigrateCommand.CheckAsync(s, output, cancellation));
            case ["admin", "create-key", ..]:
                return await WithSettingsAsync(variables, SettingsPurpose.Migrate, errors, s => CreateKeyCommand.RunAsync(s, [.. arguments.Skip(2)], output, errors, cancellation));
            case ["admin", "register-key", ..]:
                return await WithSettingsAsync(variables, SettingsPurpose.Migrate, errors, s => RegisterKeyCommand.RunAsync(s, [.. arguments.Skip(2)], output, errors, cancellation));
            case ["admin", "check-key", "--file", var file]:
                return await WithSettingsAsync(variables, SettingsPurpose.Migrate, errors, s => CheckKeyCommand.RunAsync(s, file, output, errors, cancellation));
            default:
                await errors.WriteLineAsync($"\"{string.Join(' ', arguments)}\" is not a command.{Environment.NewLine}{Help}");
                return ExitCode.Usage;
        }
    }

    private static async Task<int> WithDatabaseInMindAsync(ServiceSettings settings, TextWriter errors, Func<ServiceSettings, Task<int>> run)
    {
        try
        {
            return await run(settings);
        }
        catch (DbException exception)
        {
            await using var database = Databases.Of(settings);
            await errors.WriteLineAsync($"{database.Describe(exception)} A database that answers, with a schema that \"WasmWizard.Service migrate\" brought forward, is required. Nothing was changed.");
            return ExitCode.Usage;
        }
    }

    /// <summary>The process's environment as the settings read it.</summary>
    public static IReadOnlyDictionary<string, string> EnvironmentVariables() =>
        Environment.GetEnvironmentVariables().Cast<DictionaryEntry>().ToDictionary(e => (string)e.Key, e => (string?)e.Value ?? "", StringComparer.Ordinal);

    private static async Task<int> WithSettingsAsync(
        IReadOnlyDictionary<string, string> variables, SettingsPurpose purpose, TextWriter errors, Func<ServiceSettings, Task<int>> run)
    {
        switch (ServiceSettings.Parse(variables, purpose, File.ReadAllText))
        {
            case ParsedSettings.Valid valid:
                return await WithDatabaseInMindAsync(valid.Settings, errors, run);
            case ParsedSettings.Faulty faulty:
                await errors.WriteLineAsync(faulty.Message);
                return ExitCode.Usage;
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }
}
