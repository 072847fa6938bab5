using System.Text.Json;
using WasmWizard.Delivery.Local.Protocol.Files;
using WasmWizard.Delivery.Local.Protocol.Messages;

namespace WasmWizard.Delivery.Local.Front.Instances;

/// <summary>Route and greatest fencing token, on disk before they take effect. Not for concurrent use; the supervisor's gate guards it.</summary>
internal sealed class Memory
{
    private readonly string _path;

    public Memory(string path)
    {
        _path = path;
        var bytes = AtomicFile.Read(path);
        Now = bytes is null ? new FrontMemory(0, FrontRoute.Nowhere)
            : ProtocolJson.TryRead(bytes, ProtocolJson.Default.FrontMemory)
                ?? throw new InvalidDataException($"{path} is not readable as the front's state; remove it, then deploy again.");
    }

    public FrontMemory Now { get; private set; }

    /// <summary>Refuses whoever has lost the lock to a later holder, and remembers the later one.</summary>
    public void Admit(long token)
    {
        if (token < Now.Token)
        {
            throw new RefusedException(new Refusal(
                "Stale token",
                $"The order carries the fencing token {token}, an order with {Now.Token} came before: its sender has lost the lock.",
                StatusCodes.Status409Conflict));
        }

        if (token > Now.Token)
            Set(Now with { Token = token });
    }

    public void Set(FrontRoute route) => Set(Now with { Route = route });

    private void Set(FrontMemory memory)
    {
        AtomicFile.Write(_path, JsonSerializer.SerializeToUtf8Bytes(memory, ProtocolJson.Default.FrontMemory));
        Now = memory;
    }
}
