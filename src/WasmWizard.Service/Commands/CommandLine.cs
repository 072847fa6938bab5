using System.Collections;
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
            default:
                await errors.WriteLineAsync($"\"{string.Join(' ', arguments)}\" is not a command.{Environment.NewLine}{Help}");
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
            case ParsedSettings.Valid { Settings.DatabaseUrl: not null }:
                await errors.WriteLineAsync("DATABASE_URL is set, but this version stores in SQLite only; it is required to be unset, with ENVIRONMENT=development.");
                return ExitCode.Usage;
            case ParsedSettings.Valid { Settings.RedisUrl: not null }:
                await errors.WriteLineAsync("REDIS_URL is set, but this version does not use Redis; it is required to be unset, with ENVIRONMENT=development.");
                return ExitCode.Usage;
            case ParsedSettings.Valid valid:
                return await run(valid.Settings);
            case ParsedSettings.Faulty faulty:
                await errors.WriteLineAsync(faulty.Message);
                return ExitCode.Usage;
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }
}
