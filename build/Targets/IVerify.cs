/// <summary>Every gate of the branch as one answer.</summary>
public interface IVerify : ITest, IFormat, IMigrations, IDocs, IScan, IIntegration, IBenchmark
{
    Target Verify => _ => _
        .Description("Measure every gate of the branch that lacks evidence, and judge them together")
        .DependsOn<IAudit>(x => x.Audit)
        .DependsOn<IFormat>(x => x.Format)
        .DependsOn<IMigrations>(x => x.Migrations)
        .DependsOn<IDocs>(x => x.Docs)
        .DependsOn<IIntegration>(x => x.Integration)
        .DependsOn<ITest>(x => x.Test)
        .DependsOn<IScan>(x => x.Scan)
        .DependsOn<IBenchmark>(x => x.Benchmark)
        .DependsOn<IGenerate>(x => x.VerifyGenerated)
        .Executes(() => this.ShowVerification(nameof(Verify), enforce: true));

    Target Explain => _ => _
        .Description("Say what allows or blocks a deployment of this tree, from the evidence at hand")
        .Executes(() => this.ShowVerification(nameof(Explain), enforce: false));
}
