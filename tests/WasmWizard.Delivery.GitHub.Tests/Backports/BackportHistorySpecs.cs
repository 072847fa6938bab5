using System.Globalization;
using WasmWizard.Delivery.GitHub.Tests.Git;
using WasmWizard.Delivery.GitHub.Tests.Platform;
using Xunit.Abstractions;

namespace WasmWizard.Delivery.GitHub.Tests.Backports;

/// <summary>After Hotfix and Backport every fix is on development, or a draft waits for a person; over random histories.</summary>
public sealed class BackportHistorySpecs(ITestOutputHelper output)
{
    // CI plays 50; a campaign sets more.
    private static readonly int Count = int.TryParse(Environment.GetEnvironmentVariable("BACKPORT_SEEDS"), CultureInfo.InvariantCulture, out var count) ? count : 50;

    [Fact]
    [Trait("suite", "complete")]
    public async Task No_fix_of_production_is_lost_on_its_way_to_development()
    {
        var (fixes, drafts) = (0, 0);
        for (var seed = 0; seed < Count; seed++)
        {
            output.WriteLine($"seed {seed}");
            using var git = new GitSandbox();
            await using var server = await FakeGitHub.Start();
            var history = new RandomHistory(seed, git, server);
            await history.Play();

            await history.Backport();

            var development = git.Run(git.Origin, "log", "--patch", "--diff-merges=first-parent", "--format=", "development");
            foreach (var (text, how) in history.Fixes)
            {
                var isThere = development.Contains($"\n+{text}\n", StringComparison.Ordinal) || development.EndsWith($"\n+{text}", StringComparison.Ordinal);
                var isDrafted = git.Run(git.Origin, "log", "--first-parent", "--diff-merges=first-parent", "--format=%H", $"-S{text}", "master").Split('\n').Any(history.IsDraftedBy);
                Assert.True(isThere || isDrafted, $"seed {seed}: '{text}' ({how}) is neither on development nor in an open draft");
                fixes++;
                drafts += isThere ? 0 : 1;
            }
        }

        output.WriteLine($"{Count} histories, {fixes} fixes, {drafts} of them in drafts");
        Assert.True(fixes >= Count && drafts > 0 && drafts < fixes, $"{fixes} fixes and {drafts} drafts do not show both ways");
    }
}
