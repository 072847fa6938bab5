using System.Reflection;

namespace WasmWizard.BuildEngine.Tooling;

/// <summary>A <see cref="Tool"/> from the variable <c>&lt;MEMBER&gt;_EXE</c>, else from the PATH.</summary>
/// <param name="name">The program; the member's name in small letters without it.</param>
public sealed class PathVariableAttribute(string? name = null) : ValueInjectionAttributeBase
{
    /// <inheritdoc/>
    public override object? GetValue(MemberInfo member, object instance)
    {
        var memberName = BuildMembers.NameOf(member);
        return ToolResolver.TryGetEnvironmentTool(memberName) ?? ToolResolver.GetPathTool(name ?? memberName.ToLowerInvariant());
    }
}

/// <summary>A <see cref="Tool"/> from the variable <c>&lt;MEMBER&gt;_EXE</c>, else from a restored NuGet package.</summary>
/// <param name="packageId">The package.</param>
/// <param name="packageExecutable">File names, divided by <c>|</c>.</param>
public sealed class NuGetPackageAttribute(string packageId, string packageExecutable) : ValueInjectionAttributeBase
{
    /// <summary>The folder below <c>tools</c>; the newest without it.</summary>
    public string? Framework { get; set; }

    /// <summary>The version; what the build restored without it.</summary>
    public string? Version { get; set; }

    /// <inheritdoc/>
    public override object? GetValue(MemberInfo member, object instance) =>
        ToolResolver.TryGetEnvironmentTool(BuildMembers.NameOf(member)) ?? ToolResolver.GetNuGetTool(packageId, packageExecutable, Version, Framework);
}

/// <summary>A <see cref="Tool"/> at a path below the root.</summary>
/// <param name="windowsPath">On Windows, and everywhere without the other one.</param>
/// <param name="unixPath">Elsewhere.</param>
public sealed class LocalPathAttribute(string windowsPath, string? unixPath = null) : ValueInjectionAttributeBase
{
    /// <inheritdoc/>
    public override object? GetValue(MemberInfo member, object instance)
    {
        var path = NukeBuild.RootDirectory / (OperatingSystem.IsWindows() ? windowsPath : unixPath ?? windowsPath);
        return ToolResolver.TryGetEnvironmentTool(BuildMembers.NameOf(member))
            ?? (File.Exists(path) ? ToolResolver.GetTool(path) : throw new UsageException($"There is no program at {path}."));
    }
}
