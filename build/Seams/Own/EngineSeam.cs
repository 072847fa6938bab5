/// <summary>What only the own engine offers; the file of the same name for the other engines degrades to what they have.</summary>
public static class EngineSeam
{
    /// <summary>Ends with Ctrl+C or SIGTERM.</summary>
    public static CancellationToken CancellationOf(INukeBuild build) => build.Cancellation;

    /// <summary>Writes <c>artifacts/&lt;target&gt;.json</c>, and prints it on stdout under <c>--json</c>.</summary>
    public static void Publish(INukeBuild build, string target, string json) => build.PublishDocument(target, json);

    /// <summary>Every target of the build, in the order of declaration.</summary>
    public static IReadOnlyCollection<ExecutableTarget> TargetsOf(INukeBuild build) => ((NukeBuild)build).AllTargets;

    /// <summary>The text of <c>.nuke/build.schema.json</c>; null where the engine writes it by itself.</summary>
    public static string? SchemaOf(INukeBuild build) => BuildSchema.TextOf(build);
}
