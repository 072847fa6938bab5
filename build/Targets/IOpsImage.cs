/// <summary>The image of the jobs that back up a database and prove the backup.</summary>
public interface IOpsImage : IImage
{
    Target OpsImage => _ => _
        .Description("Lay out the image of backup jobs: PostgreSQL's client and a scratch server (--mirror; --registry pushes it, --docker-host loads it)")
        .Lock("image")
        .Produces(Workspace.Artifacts / "ops" / "*")
        .Executes(async () => await SupplyChain.OpsImage(this));
}
