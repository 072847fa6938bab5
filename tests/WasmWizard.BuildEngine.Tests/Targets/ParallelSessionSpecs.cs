namespace WasmWizard.Tests.BuildEngine.Targets;

/// <summary>Several runs in one process do not see each other. NUKE cannot do this.</summary>
public sealed class ParallelSessionSpecs
{
    private static readonly Barrier s_barrier = new(6);

    private sealed class Meeting : NotingBuild
    {
        [Parameter, Secret] private readonly string Mine = "";
        [Parameter] private readonly string Other = "";

        private Target Meet => _ => _.Executes(() =>
        {
            s_barrier.SignalAndWait(TimeSpan.FromMinutes(1));
            Log.Information("root {Root} mine {Mine} other {Other}", RootDirectory.Name, Mine, Other);
            ProcessTasks.StartShell("pwd; echo other $NUKE_OTHER", logInvocation: false).AssertZeroExitCode();
            Notes.Add(RootDirectory);
            s_barrier.SignalAndWait(TimeSpan.FromMinutes(1));
        });
    }

    [Fact]
    public async Task Each_run_has_its_own_root_secrets_log_and_children()
    {
        var runs = Enumerable.Range(0, 6).Select(index => Task.Factory.StartNew(
            () =>
            {
                using var sandbox = new Sandbox();
                sandbox.Environment["NUKE_MINE"] = $"secret-number-{index}";
                sandbox.Environment["NUKE_OTHER"] = $"secret-number-{(index + 1) % 6}";
                var result = sandbox.Run<Meeting>("Meet");
                Assert.Equal(0, result.ExitCode);
                Assert.Equal(sandbox.Root, result.Notes.Single());
                Assert.Contains($"root {sandbox.Root.Name} mine *** other secret-number-{(index + 1) % 6}", result.Out);
                Assert.Single(result.Out.Split('\n'), line => line.Contains("root engine-", StringComparison.Ordinal));
                Assert.Contains(sandbox.Root, result.Out);
            },
            TaskCreationOptions.LongRunning));
        await Task.WhenAll(runs);
    }
}
