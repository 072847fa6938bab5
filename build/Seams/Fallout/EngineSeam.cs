using System.Reflection;

/// <summary>What only the own engine offers, as far as this engine can.</summary>
public static class EngineSeam
{
    /// <summary>This engine passes no token on: Ctrl+C ends the process.</summary>
    public static CancellationToken CancellationOf(INukeBuild build) => CancellationToken.None;

    /// <summary>Writes <c>artifacts/&lt;target&gt;.json</c>; stdout belongs to this engine's own output.</summary>
    public static void Publish(INukeBuild build, string target, string json) =>
        (build.RootDirectory / "artifacts" / $"{target.ToLowerInvariant()}.json").WriteAllText(json);

    /// <summary>Every target of the build, in the order of declaration; the engine keeps them in an internal property.</summary>
    public static IReadOnlyCollection<ExecutableTarget> TargetsOf(INukeBuild build) =>
        (IReadOnlyCollection<ExecutableTarget>)typeof(NukeBuild)
            .GetProperty("ExecutableTargets", BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public)!
            .GetValue(build)!;

    /// <summary>This engine writes its schema by itself, on every run.</summary>
    public static string? SchemaOf(INukeBuild build) => null;
}
