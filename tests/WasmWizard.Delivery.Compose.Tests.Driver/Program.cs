using WasmWizard.Delivery.Compose.Tests.Fixtures;
using WasmWizard.Delivery.Releases;
using WasmWizard.Delivery.Rollouts;

// A pipeline in a process of its own, so that tests can kill it: one deploy, every event on stdout, the outcome's exit code.
var release = ReleaseJson.Read(await File.ReadAllTextAsync(args[1]));
using var staging = new Staging(StagingPlace.Read(await File.ReadAllTextAsync(args[0])), Console.WriteLine);
var outcome = await staging.Deploy(release);
Console.WriteLine(OutcomeText.Of(outcome, "development"));
return ExitCodes.Of(outcome);
