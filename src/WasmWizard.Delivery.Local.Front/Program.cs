using System.Runtime.InteropServices;
using WasmWizard.Delivery.Local.Front.Hosting;
using WasmWizard.Delivery.Local.Protocol.Messages;

if (!OperatingSystem.IsLinux())
{
    await Console.Error.WriteLineAsync("The front runs on Linux only.");
    return 2;
}

using var detachment = Detachment.Detach();
if (FrontOptions.Parse(args, out var faults) is not { } options)
{
    detachment.Tell(string.Join(Environment.NewLine, [.. faults, FrontOptions.Usage]));
    return 2;
}

FrontHost host;
try
{
    host = await FrontHost.Start(options);
}
catch (PlaceTakenException taken)
{
    detachment.Tell(taken.Message);
    return FrontDocument.PlaceIsTaken;
}
catch (Exception failure) when (failure is IOException or InvalidDataException or UnauthorizedAccessException)
{
    detachment.Tell(failure.Message);
    return 1;
}

await using (host)
{
    detachment.LetGo();
    using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal =>
    {
        signal.Cancel = true;
        _ = host.End(keepInstances: false);
    });
    await host.Ended;
}

return 0;
