/// <summary>What is known about this tree and its environment, for people.</summary>
public interface IReport : IVerify, IOperate
{
    Target Report => _ => _
        .Description("Write one self-contained page about gates, coverage, findings, benchmarks and releases (artifacts/report.html)")
        .After<IVerify>(x => x.Verify)
        .Lock("environment")
        .Produces(Workspace.Artifacts / "report.html")
        .Executes(async () => await ReportWriter.Write(this));
}
