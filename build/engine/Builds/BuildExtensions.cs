using System.Reflection;

namespace WasmWizard.BuildEngine;

/// <summary>
/// An attribute of a build class that takes part in every run: derive, implement any of the <c>IOn...</c> interfaces, put it on the class or on a component.
/// Extensions are called by descending <see cref="Priority"/>, one after the other, before the build's own hook of the same name.
/// </summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Interface)]
public abstract class BuildExtensionAttributeBase : Attribute
{
    /// <summary>The build that is running.</summary>
    public INukeBuild Build { get; internal set; } = null!;

    /// <summary>Higher ones come first. Default 0.</summary>
    public virtual float Priority { get; set; }
}

/// <summary>Parameters have their values, before the plan.</summary>
public interface IOnBuildCreated
{
    /// <param name="executableTargets">Every target of the build.</param>
    void OnBuildCreated(IReadOnlyCollection<ExecutableTarget> executableTargets);
}

/// <summary>The plan is known, before the first target.</summary>
public interface IOnBuildInitialized
{
    /// <param name="executableTargets">Every target of the build.</param>
    /// <param name="executionPlan">Those that were planned, in order.</param>
    void OnBuildInitialized(IReadOnlyCollection<ExecutableTarget> executableTargets, IReadOnlyCollection<ExecutableTarget> executionPlan);
}

/// <summary>A target with actions begins.</summary>
public interface IOnTargetRunning
{
    /// <param name="target">The target.</param>
    void OnTargetRunning(ExecutableTarget target);
}

/// <summary>A target was left out.</summary>
public interface IOnTargetSkipped
{
    /// <param name="target">The target.</param>
    void OnTargetSkipped(ExecutableTarget target);
}

/// <summary>A target's actions returned.</summary>
public interface IOnTargetSucceeded
{
    /// <param name="target">The target.</param>
    void OnTargetSucceeded(ExecutableTarget target);
}

/// <summary>A target failed or was aborted.</summary>
public interface IOnTargetFailed
{
    /// <param name="target">The target.</param>
    void OnTargetFailed(ExecutableTarget target);
}

/// <summary>A running target replaced its pairs of the summary.</summary>
public interface IOnTargetSummaryUpdated
{
    /// <param name="build">The build.</param>
    /// <param name="target">The target.</param>
    void OnTargetSummaryUpdated(INukeBuild build, ExecutableTarget target);
}

/// <summary>After the last target, before the summary.</summary>
public interface IOnBuildFinished
{
    /// <summary>Called once, also when targets failed.</summary>
    void OnBuildFinished();
}

/// <summary>The extensions of one build. Reads attributes once, and only where a type carries any.</summary>
internal sealed class BuildExtensions(NukeBuild build)
{
    private readonly List<BuildExtensionAttributeBase> _all = Find(build);

    public bool HasCreatedHooks => _all.OfType<IOnBuildCreated>().Any();

    public void Call<T>(Action<T> hook)
    {
        foreach (var extension in _all.OfType<T>())
            hook(extension);
    }

    private static List<BuildExtensionAttributeBase> Find(NukeBuild build)
    {
        var found = new List<BuildExtensionAttributeBase>(build.GetType().GetCustomAttributes<BuildExtensionAttributeBase>(inherit: true));
        foreach (var component in build.GetType().GetInterfaces())
            found.AddRange(component.GetCustomAttributes<BuildExtensionAttributeBase>(inherit: true));
        if (found.Count > 1)
            found = [.. found.OrderByDescending(extension => extension.Priority)];
        foreach (var extension in found)
            extension.Build = build;
        return found;
    }
}
