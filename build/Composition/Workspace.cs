using WasmWizard.Delivery.Environments;

/// <summary>What every target works with: where things are, what is checked out, whose policy applies. Made once per build.</summary>
public sealed class Workspace(AbsolutePath root, string? branch)
{
    public AbsolutePath Root => root;

    public AbsolutePath Artifacts => root / "artifacts";

    /// <summary>Kept between runs, never published.</summary>
    public AbsolutePath Temporary => root / ".nuke" / "temp";

    /// <summary>Of the user, shared by clones: what comes from outside and depends on no file of the repository.</summary>
    public static AbsolutePath Cache => Path.Combine(
        EnvironmentInfo.GetVariable("XDG_CACHE_HOME") is { Length: > 0 } home ? home : Path.Combine(System.Environment.GetFolderPath(System.Environment.SpecialFolder.UserProfile), ".cache"),
        "wasm-wizard");

    public DeliveryStrategy Strategy => global::Strategy.Default;

    public TimeProvider Time => TimeProvider.System;

    /// <summary>Evidence from before was not made by this run.</summary>
    public DateTimeOffset Began { get; } = TimeProvider.System.GetUtcNow();

    public Checkout Checkout => field ??= new(root);

    public BranchPolicy Policy => field ??= BranchPolicy.Resolve(
        Strategy,
        new(branch, EnvironmentInfo.GetVariable("GITHUB_BASE_REF"), EnvironmentInfo.GetVariable("GITHUB_REF_NAME"), Checkout.Branch));

    public GateDesk Desk => field ??= new(Strategy, Policy, Checkout, new(Artifacts / "evidence", Temporary / "evidence"), () => new AppImage(this).Subject, Time);

    /// <summary>Assemblies whose coverage counts: everything in src and the engine.</summary>
    public IReadOnlyList<Project> Measured(Solution solution) =>
        [.. solution.AllProjects.Where(project => IsUnder(project, root / "src") || IsUnder(project, root / "build" / "engine")).OrderBy(project => project.Name, StringComparer.Ordinal)];

    /// <summary>Those that take longest come first, so that the others run beside them.</summary>
    public IReadOnlyList<Project> TestProjects(Solution solution) =>
        [.. solution.AllProjects.Where(project => project.Name.EndsWith(".Tests", StringComparison.Ordinal))
            .OrderByDescending(project => LongTests.IndexOf(project.Name)).ThenBy(project => project.Name, StringComparer.Ordinal)];

    private static readonly List<string> LongTests = ["WasmWizard.Service.Tests", "WasmWizard.Delivery.Compose.Tests", "WasmWizard.Delivery.Local.Tests", "WasmWizard.EndToEnd.Tests"];

    private static bool IsUnder(Project project, AbsolutePath folder) =>
        ((string)project.Path).StartsWith($"{folder}{Path.DirectorySeparatorChar}", StringComparison.Ordinal);
}
