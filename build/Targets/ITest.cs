using WasmWizard.Delivery.Gates;
using WasmWizard.Delivery.Gates.Tests;

/// <summary>The gates tests and coverage.</summary>
public interface ITest : ICompile
{
    [Parameter("Tests to run: core or complete; default: what the branch asks for")]
    TestSuite? Suite => TryGetValue<TestSuite?>(() => Suite);

    Target Test => _ => _
        .Description("Run the tests, merge their coverage, judge both gates")
        .DependsOn<ICompile>(x => x.Compile)
        .Unless(() => Workspace.IsMeasured(InvokedTargets.Contains(Test), GateId.Tests, GateId.Coverage), "evidence about this tree is at hand")
        .ProceedAfterFailure()
        .Lock("tests")
        .Produces(Workspace.Artifacts / "tests" / "**", Workspace.Artifacts / "coverage" / "**")
        .Executes(() => this.Conclude(new TestRunner(Workspace, Solution).Run(Suite ?? Workspace.Policy.Environment.Suite)));
}
