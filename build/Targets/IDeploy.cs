/// <summary>The whole line, from gates to a recorded, healthy rollout.</summary>
public interface IDeploy : IAttest
{
    Target Preview => _ => _
        .Description("Show the steps that a deployment would take now, with the plan's hash; changes nothing")
        .DependsOn<IImage>(x => x.Image)
        .Lock("environment")
        .Executes(async () => await Operations.Preview(this));

    Target Deploy => _ => _
        .Description("Verify, release, roll out, verify the environment, record; goes back by itself when it is not healthy")
        .DependsOn<IVerify>(x => x.Verify)
        .DependsOn<IImage>(x => x.Image)
        .DependsOn<IAttest>(x => x.Attest)
        .Lock("environment")
        .Executes(async () => await Operations.Deploy(this));
}
