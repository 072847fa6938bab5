using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using WasmWizard.Service.Logging;
using WasmWizard.Service.Settings;

namespace WasmWizard.Service.Web;

/// <summary>Tells where the service listens, once it does: one log line for people, a file for who started it.</summary>
public static class Announcement
{
    /// <summary>Writes LISTEN_ADDRESS_FILE whole or not at all: a reader never sees half an address.</summary>
    public static void Publish(WebApplication app, ServiceSettings settings)
    {
        var addresses = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.ToArray();
        if (settings.ListenAddressFile is { } file)
        {
            var draft = $"{file}.{Environment.ProcessId}.tmp";
            File.WriteAllText(draft, string.Concat(addresses.Select(a => a + "\n")));
            File.Move(draft, file, overwrite: true);
        }

        app.Logger.Listening(string.Join(" ", addresses));
    }
}
