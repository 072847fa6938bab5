/// <summary>From the service's sources to the bytes that are deployed.</summary>
public interface IImage : IWorkspace
{
    Target Image => _ => _
        .Description("Publish the service and pack the app layer of its image; the digest depends on the tree alone")
        .After<ITest>(x => x.Test)
        .OnlyWhenStatic(() => InvokedTargets.Contains(Image) || !new AppImage(Workspace).IsCurrent, "the layer at hand is of another tree")
        .Produces(Workspace.Artifacts / "image" / "*")
        .Executes(() => new AppImage(Workspace).Build());
}
