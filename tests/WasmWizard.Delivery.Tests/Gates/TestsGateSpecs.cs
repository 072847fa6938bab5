using WasmWizard.Delivery.Gates;
using WasmWizard.Delivery.Gates.Tests;

namespace WasmWizard.Delivery.Tests.Gates;

public class TestsGateSpecs
{
    private static readonly TestRun Green = new("A", 3, [], [], Aborted: false);

    [Fact]
    public void A_green_run_of_every_project_passes()
    {
        var result = TestsGate.Judge(["A"], [Green], skipsAllowed: false);

        Assert.Equal((Verdict.Passed, "3 passed, 0 failed, 0 skipped"), (result.Verdict, result.Reason));
        Assert.Equal(3, result.Measurements["passed"]);
    }

    [Fact]
    public void A_failed_test_refuses_and_names_itself_without_its_arguments()
    {
        var result = TestsGate.Judge(["A"], [Green with { Failed = ["N.C.m(x: 1)"] }], skipsAllowed: true);

        Assert.Equal(Verdict.Refused, result.Verdict);
        Assert.Contains("N.C.m(x: 1)", result.Reason, StringComparison.Ordinal);
        Assert.Equal("dotnet test --filter \"FullyQualifiedName~N.C.m\"", result.Fix);
    }

    [Theory]
    [InlineData(true, Verdict.Passed)]
    [InlineData(false, Verdict.Refused)]
    public void A_skipped_test_counts_where_none_may_be_skipped(bool allowed, Verdict expected) =>
        Assert.Equal(expected, TestsGate.Judge(["A"], [Green with { Skipped = ["N.C.s"] }], allowed).Verdict);

    [Fact]
    public void A_project_without_a_report_leaves_the_answer_open()
    {
        var result = TestsGate.Judge(["A", "C", "B"], [Green], skipsAllowed: true);

        Assert.Equal(Verdict.Inconclusive, result.Verdict);
        Assert.Contains("no report from B, C", result.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void An_empty_run_proves_nothing() =>
        Assert.Equal(Verdict.Inconclusive, TestsGate.Judge(["A"], [Green with { Passed = 0 }], skipsAllowed: true).Verdict);

    [Fact]
    public void A_run_that_did_not_complete_is_an_error() =>
        Assert.Equal(Verdict.Errored, TestsGate.Judge(["A"], [Green with { Aborted = true }], skipsAllowed: true).Verdict);

    [Fact]
    public void A_report_is_read_by_outcome()
    {
        var run = TrxReport.Parse("A", Trx("Failed", ("t1", "Passed"), ("t2", "Failed"), ("t3", "NotExecuted"), ("t4", "Timeout")));

        Assert.Equal(("A", 1, 4, false), (run!.Project, run.Passed, run.Total, run.Aborted));
        Assert.Equal(["t2", "t4"], run.Failed);
        Assert.Equal(["t3"], run.Skipped);
    }

    [Theory]
    [InlineData("Aborted")]
    [InlineData("Error")]
    [InlineData("Failed")]
    public void A_run_that_failed_without_a_failed_test_did_not_complete(string outcome) =>
        Assert.True(TrxReport.Parse("A", Trx(outcome, ("t1", "Passed")))!.Aborted);

    [Theory]
    [InlineData("")]
    [InlineData("<TestRun xmlns=\"http://microsoft.com/schemas/VisualStudio/TeamTest/2010\"><Results>")]
    [InlineData("<TestRun/>")]
    public void A_torn_or_foreign_document_is_no_report(string xml) => Assert.Null(TrxReport.Parse("A", xml));

    private static string Trx(string outcome, params (string Name, string Outcome)[] tests) =>
        $"""
        <TestRun xmlns="http://microsoft.com/schemas/VisualStudio/TeamTest/2010">
          <Results>{string.Concat(tests.Select(test => $"""<UnitTestResult testName="{test.Name}" outcome="{test.Outcome}"/>"""))}</Results>
          <ResultSummary outcome="{outcome}"/>
        </TestRun>
        """;
}
