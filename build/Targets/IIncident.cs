/// <summary>What people do while something is wrong.</summary>
public interface IIncident : IOperate
{
    [Parameter("Incident holds deployments of the branch back, and tells everybody who deploys this reason")]
    string? Freeze => TryGetValue(() => Freeze);

    [Parameter("Incident lets deployments go on")]
    bool Unfreeze => TryGetValue<bool?>(() => Unfreeze) ?? false;

    Target Incident => _ => _
        .Description("Stop the line or open it again (--freeze REASON, --unfreeze); without either, say how it stands")
        .Lock("environment")
        .Executes(async () => await Operations.Incident(this));
}
