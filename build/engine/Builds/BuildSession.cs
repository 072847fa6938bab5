using WasmWizard.BuildEngine.IO;
using WasmWizard.BuildEngine.Tooling;

namespace WasmWizard.BuildEngine;

/// <summary>
/// The one home of a run's state. The static members that the build's API has (root, host, log) find it through the flow of execution,
/// so that several runs in one process stay apart.
/// </summary>
internal sealed class BuildSession : IDisposable
{
    private static readonly AsyncLocal<BuildSession?> s_current = new();

    private readonly BuildSession? _outer;
    private readonly long _begin;

    public BuildSession(BuildInvocation invocation, AbsolutePath root, BuildOutput output, Host host, Verbosity verbosity, IReadOnlyList<string> profiles)
    {
        (Invocation, Root, Output, Host, Verbosity, Profiles) = (invocation, root, output, host, verbosity, profiles);
        _begin = invocation.Time.GetTimestamp();
        Log = new BuildLog(this);
        Reads = new ReadTracker(this);
        Cancellation = new BuildCancellation(invocation);
        _outer = s_current.Value;
        s_current.Value = this;
    }

    public static BuildSession? CurrentOrNull => s_current.Value;

    public static BuildSession Current => s_current.Value
        ?? throw new InvalidOperationException("No build is running here: roots, hosts, logs and tools are known inside NukeBuild.Execute only.");

    public BuildInvocation Invocation { get; }

    public AbsolutePath Root { get; }

    public AbsolutePath TemporaryDirectory => Root / RootDirectories.Marker / "temp";

    public BuildOutput Output { get; }

    public BuildLog Log { get; }

    public Host Host { get; }

    public Verbosity Verbosity { get; set; }

    public IReadOnlyList<string> Profiles { get; }

    public BuildCancellation Cancellation { get; }

    public PublishedDocuments Documents { get; } = new();

    public ToolDefaults ToolDefaults { get; } = new();

    public ReadTracker Reads { get; }

    public NukeBuild? Build { get; set; }

    /// <summary>Since the run began.</summary>
    public TimeSpan Elapsed => Invocation.Time.GetElapsedTime(_begin);

    /// <summary>The target whose actions this flow of execution belongs to.</summary>
    public AsyncLocal<ExecutableTarget?> RunningTarget { get; } = new();

    /// <summary>Masks these values in everything that is printed from now on.</summary>
    public void Hide(IReadOnlyList<string> secrets)
    {
        foreach (var secret in secrets)
            if (!string.IsNullOrWhiteSpace(secret) && Output.Redactor.Add(secret))
                Host.HideSecret(secret, Output);
    }

    public void Dispose()
    {
        s_current.Value = _outer;
        Cancellation.Dispose();
        Log.Dispose();
    }
}
