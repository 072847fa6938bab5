/// <summary>Signs what was compiled.</summary>
public interface ISign : INukeBuild
{
    [Parameter("Thumbprint of the certificate"), Secret]
    string? Certificate => TryGetValue(() => Certificate);

    Target Sign => _ => _
        .Description("Sign the assemblies")
        .Requires(() => Certificate)
        .Executes(() => Log.Information("signed"));
}

/// <summary>Tells people of a release, where the build also signs.</summary>
public interface IAnnounce : INukeBuild
{
    [Parameter("Where to tell it")]
    string Channel => TryGetValue(() => Channel) ?? "general";

    Target Announce => _ => _
        .TryAfter<ISign>(x => x.Sign)
        .TryDependsOn<IDoNotExist>(x => x.Nothing)
        .OnlyWhenDynamic(() => Channel != "none")
        .WhenSkipped(DependencyBehavior.Execute)
        .Executes(() => Log.Information("announced in {Channel}", Channel));
}

/// <summary>A component that no build implements.</summary>
public interface IDoNotExist : INukeBuild
{
    Target Nothing => _ => _;
}
