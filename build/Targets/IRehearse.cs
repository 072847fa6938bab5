/// <summary>Production without production.</summary>
public interface IRehearse : IWorkspace
{
    [Parameter("Faults to rehearse, by name and with commas between; default: all")]
    string? Faults => TryGetValue(() => Faults);

    [Parameter("Number that decides where seeded faults strike; default 1")]
    int? Seed => TryGetValue<int?>(() => Seed);

    Target Rehearse => _ => _
        .Description("Deploy to a simulated cluster under faults (--faults, --seed), and show how each is survived")
        .Produces(Workspace.Artifacts / "rehearsal" / "*")
        .Executes(async () => await Rehearsing.Run(this));
}
