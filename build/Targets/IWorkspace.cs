/// <summary>What all targets share: the branch whose policy applies, and the workspace.</summary>
public interface IWorkspace : INukeBuild
{
    [Parameter("Branch whose policy applies; default: base of the pull request, ref of the platform, checked-out branch")]
    string? Branch => TryGetValue(() => Branch);

    Solution Solution { get; }

    Workspace Workspace { get; }
}
