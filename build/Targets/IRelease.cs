/// <summary>Versions, and fixes on their way from one branch to the other.</summary>
public interface IRelease : IWorkspace
{
    [Parameter("Version that Release gives, such as v1.2.3; default: the tag at the commit, else the next one by GitVersion")]
    string? Version => TryGetValue(() => Version);

    [Parameter("Release only shows version, notes, what stands in its way and what would be done")]
    bool DryRun => TryGetValue<bool?>(() => DryRun) ?? false;

    [Parameter("Commit that Hotfix takes to production's branch; default: the one that is checked out")]
    string? Commit => TryGetValue(() => Commit);

    Target Release => _ => _
        .Description("Tag what is healthy in production and publish its notes and files (--version, --dry-run)")
        .Executes(async () => await Releases.Release(this));

    Target Hotfix => _ => _
        .Description("Bring one commit to a branch off production's and open a pull request into it (--commit)")
        .Executes(async () => await Releases.Hotfix(this));

    Target Backport => _ => _
        .Description("Bring every fix of production to the branch below it, each as a pull request; where it conflicts, as a draft")
        .Executes(async () => await Releases.Backport(this));
}
