using System.Globalization;
using System.Text;
using WasmWizard.Delivery.Compose.Engine;
using WasmWizard.Delivery.Compose.Stack;

namespace WasmWizard.Delivery.Compose.Proxy;

/// <summary>Talks to the proxy's runtime interface: who gets requests, and who still has some.</summary>
internal sealed class ProxyControl(Dialer dialer, ComposeLayout stack)
{
    private const int AdminField = 6;

    // Bits of HAProxy's srv_admin_state that a command sets: forced maintenance and forced drain.
    private const int ForcedMaintenance = 0x01;
    private const int ForcedDrain = 0x08;

    /// <summary>What the proxy does with each slot.</summary>
    public async Task<IReadOnlyDictionary<Slot, SlotState>> States(CancellationToken cancellation)
    {
        var lines = (await Ask("show servers state release", cancellation)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var states = new Dictionary<Slot, SlotState>();
        foreach (var fields in lines.Where(line => !line.StartsWith('#')).Select(line => line.Split(' ')).Where(fields => fields.Length > AdminField))
        {
            var admin = int.Parse(fields[AdminField], CultureInfo.InvariantCulture);
            var slot = fields[3] == ProxyConfiguration.Server(Slot.A) ? Slot.A : Slot.B;
            states[slot] = (admin & ForcedMaintenance) != 0 ? SlotState.Closed
                : (admin & ForcedDrain) != 0 ? SlotState.Draining
                : fields[5] == "0" ? SlotState.Down : SlotState.Open;
        }

        return states;
    }

    /// <summary>Requests go to this slot, and no new ones to the other: both in one command, the new one first.</summary>
    public Task Switch(Slot to, CancellationToken cancellation) =>
        Order($"set server release/{Name(to)} state ready; set server release/{Name(Other(to))} state drain", cancellation);

    /// <summary>No requests, whatever health says.</summary>
    public Task Close(Slot slot, CancellationToken cancellation) => Order($"set server release/{Name(slot)} state maint", cancellation);

    /// <summary>Requests that the slot has now.</summary>
    public async Task<int> UnderWay(Slot slot, CancellationToken cancellation)
    {
        var lines = (await Ask("show stat release 4 -1", cancellation)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var heads = lines[0].TrimStart('#', ' ').Split(',');
        var row = lines.Skip(1).Select(line => line.Split(',')).First(fields => fields[Array.IndexOf(heads, "svname")] == Name(slot));
        return int.Parse(row[Array.IndexOf(heads, "scur")], CultureInfo.InvariantCulture);
    }

    public static Slot Other(Slot slot) => slot is Slot.A ? Slot.B : Slot.A;

    private static string Name(Slot slot) => ProxyConfiguration.Server(slot);

    private async Task Order(string command, CancellationToken cancellation)
    {
        var answer = (await Ask(command, cancellation)).Trim();
        if (answer.Length > 0)
            throw new EngineException($"The proxy answers '{answer}' to '{command}'");
    }

    private async Task<string> Ask(string command, CancellationToken cancellation)
    {
        try
        {
            await using var stream = await dialer.Container(stack.ControlAddress, ComposeLayout.ControlPort, cancellation);
            await stream.WriteAsync(Encoding.ASCII.GetBytes(command + "\n"), cancellation);
            using var reader = new StreamReader(stream, Encoding.ASCII);
            return await reader.ReadToEndAsync(cancellation);
        }
        catch (Exception broken) when (broken is IOException or System.Net.Sockets.SocketException)
        {
            throw new EngineException($"The proxy does not answer at {stack.ControlAddress}:{ComposeLayout.ControlPort}: {broken.Message}", inner: broken);
        }
    }
}

internal enum SlotState
{
    /// <summary>Gets no requests.</summary>
    Closed,

    /// <summary>Finishes those that it has.</summary>
    Draining,

    /// <summary>Would get requests and is not healthy.</summary>
    Down,

    /// <summary>Gets requests.</summary>
    Open,
}
