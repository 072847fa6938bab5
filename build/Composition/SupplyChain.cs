/// <summary>One method per target that looks into what is shipped: compose, measure, tell.</summary>
public static class SupplyChain
{
    public static async Task Audit(IAudit build)
    {
        var auditor = new Auditor(build.Workspace, build.Solution, build.Advisories);
        var answers = await auditor.Run(EngineSeam.CancellationOf(build));
        EngineSeam.Publish(build, nameof(Audit), File.ReadAllText(auditor.Document));
        build.Conclude(answers);
    }
}
