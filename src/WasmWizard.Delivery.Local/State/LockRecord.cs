using System.Text.Json.Serialization;
using WasmWizard.Delivery.Local.Protocol.Processes;
using WasmWizard.Delivery.Locks;

namespace WasmWizard.Delivery.Local.State;

/// <summary>The content of the lock's file. It stays when the lock is given back, so that tokens never go back.</summary>
/// <param name="Token">The greatest token ever given.</param>
/// <param name="Holder">Null when free.</param>
internal sealed record LockRecord(long Token, LockHolder? Holder)
{
    public DeploymentLock? AsLock() => Holder is null
        ? null
        : new DeploymentLock(Holder.Name, Holder.Since, Holder.Lease, Holder.Renewed, new FencingToken(Token), Holder.Reason);
}

/// <param name="Machine">Where <paramref name="Process"/> means something.</param>
internal sealed record LockHolder(
    string Name, string Reason, DateTimeOffset Since, TimeSpan Lease, DateTimeOffset Renewed, ProcessIdentity Process, string Machine)
{
    public HolderLife Life
    {
        get
        {
            if (Machine != MachineIdentity.Current)
                return HolderLife.Unknown;
            return Process.Lives ? HolderLife.Alive : HolderLife.ProvablyDead;
        }
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(LockRecord))]
internal sealed partial class LockJson : JsonSerializerContext;
