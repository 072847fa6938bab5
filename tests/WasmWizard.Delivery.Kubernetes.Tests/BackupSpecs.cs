using WasmWizard.Delivery.Rollouts;

namespace WasmWizard.Delivery.Kubernetes.Tests;

/// <summary>A schema that is known to hold something changes only behind a proven backup, and its secrets stay where they are.</summary>
public sealed class BackupSpecs
{
    [Fact]
    public async Task A_migration_runs_behind_a_proven_backup()
    {
        await using var stage = await Stage.Open();
        var backups = new MemoryBackups();
        await stage.Pipeline(backups: backups).Deploy(Stage.Release(1));
        Assert.Equal(0, backups.Taken);
        backups.IsEmpty = false;

        var outcome = await stage.Pipeline(backups: backups).Deploy(Stage.Release(2, migrations: 2));

        Assert.True(outcome is RolloutOutcome.Healthy, OutcomeText.Of(outcome, "master").ToString());
        Assert.Equal(1, backups.Taken);
        Assert.Equal(2, stage.Cluster.Commands.Count(command => command == "migrate"));
    }

    [Fact]
    public async Task A_backup_that_fails_ends_the_rollout_before_anything_is_migrated()
    {
        await using var stage = await Stage.Open();
        await stage.Pipeline(backups: new MemoryBackups()).Deploy(Stage.Release(1));

        var outcome = Assert.IsType<RolloutOutcome.RolledBack>(await stage.Pipeline(backups: new MemoryBackups { IsEmpty = false, Fails = true }).Deploy(Stage.Release(2, migrations: 2)));

        Assert.Equal("back-up", outcome.Failure.Step);
        Assert.Single(stage.Cluster.Commands, command => command == "migrate");
    }

    [Fact]
    public async Task No_secret_is_in_the_ledger_the_releases_or_the_events()
    {
        await using var stage = await Stage.Open();
        await stage.Pipeline().Deploy(Stage.Release(1));
        await stage.Pipeline(secrets: new Dictionary<string, string> { ["DATABASE_URL"] = "postgres://u:second@db/w" }).Deploy(Stage.Release(2));

        var told = string.Concat(stage.Cluster.All("ConfigMap").Concat(stage.Cluster.All("Event")).Concat(stage.Cluster.All("Pod")).Select(whole => whole.ToJsonString()));

        Assert.DoesNotContain("u:first", told, StringComparison.Ordinal);
        Assert.DoesNotContain("u:second", told, StringComparison.Ordinal);
        Assert.DoesNotContain("ww_", told, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_log_of_what_serves_names_each_pod()
    {
        await using var stage = await Stage.Open();
        var pipeline = stage.Pipeline();
        await pipeline.Deploy(Stage.Release(1));

        var lines = await pipeline.Target.Logs(10, default);

        Assert.Equal(3, lines.Count);
        Assert.All(lines, line => Assert.EndsWith("  listening on http://*:8080", line, StringComparison.Ordinal));
    }
}
