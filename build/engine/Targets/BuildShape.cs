namespace WasmWizard.BuildEngine;

/// <summary>What a build's type says by itself: its members and its parameters.</summary>
internal sealed record BuildShape(BuildMembers Members, IReadOnlyList<ParameterDefinition> Parameters)
{
    /// <summary>Begins to read on another thread: a start waits for reflection more than for anything else, and has enough to do meanwhile.</summary>
    /// <param name="buildType">The type of the build.</param>
    /// <returns>Waits where it is not read yet, and throws what reading threw.</returns>
    public static Lazy<BuildShape> BeginOf(Type buildType)
    {
        var shape = new Lazy<BuildShape>(() => Of(buildType));
        new Thread(() => Try(shape)) { IsBackground = true, Name = "shape of the build" }.Start();
        return shape;
    }

    private static BuildShape Of(Type buildType)
    {
        var members = new BuildMembers(buildType);
        return new BuildShape(members, ParameterDiscovery.DefinitionsOf(members));
    }

    private static void Try(Lazy<BuildShape> shape)
    {
        try
        {
            _ = shape.Value;
        }
        catch (Exception)
        {
            // Who asks for the value gets it again, and is the one to tell.
        }
    }
}
