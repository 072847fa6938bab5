using WasmWizard.Service.Commands;

return await CommandLine.RunAsync(args, CommandLine.EnvironmentVariables(), Console.Out, Console.Error, CancellationToken.None);
