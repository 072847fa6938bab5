using System.Reflection;
using WasmWizard.BuildEngine.Tooling;

namespace WasmWizard.BuildEngine;

/// <summary>Checks what scheduled targets require before anything runs. Never asks at a prompt: all that is missing is listed at once.</summary>
internal static class RequirementCheck
{
    public static IReadOnlyList<string> FaultsOf(NukeBuild build, BuildMembers members)
    {
        var missing = new Dictionary<string, List<string>>();
        void Note(string fault, string asker)
        {
            if (!missing.TryGetValue(fault, out var askers))
                missing[fault] = askers = [];
            askers.Add(asker);
        }

        foreach (var member in members.Values.Concat(members.Implemented).Where(member => member.IsDefined(typeof(RequiredAttribute))))
            if (!HasValue(ValueOf(build, member)))
                Note(Missing(build, member), "This build");

        foreach (var target in build.ScheduledTargets)
        {
            // What a requirement asks for is an input of its target, not of all.
            build.Session!.RunningTarget.Value = target;
            foreach (var requirement in target.Definition.Requirements)
                if (FaultOf(build, requirement) is { } fault)
                    Note(fault, target.Name);
        }

        build.Session!.RunningTarget.Value = null;

        return [.. missing.Select(pair => $"{string.Join(" and ", pair.Value.Distinct())} {(pair.Value.Distinct().Count() > 1 ? "require" : "requires")} {pair.Key}")];
    }

    private static string? FaultOf(NukeBuild build, TargetRequirement requirement) => requirement switch
    {
        TargetRequirement.Value value => HasValue(MemberExpressions.Evaluate(value.Expression)) ? null : MissingMember(build, value),
        TargetRequirement.Truth truth => MemberExpressions.Evaluate(truth.Expression) is true ? null : $"that {MemberExpressions.TextOf(truth.Expression)} is true.",
        TargetRequirement.Program program => ProgramFault(program),
        _ => null,
    };

    private static string MissingMember(NukeBuild build, TargetRequirement.Value value)
    {
        var member = MemberExpressions.TryMemberOf(value.Expression);
        return member is null ? $"a value of {MemberExpressions.TextOf(value.Expression)}." : Missing(build, member);
    }

    private static string Missing(NukeBuild build, MemberInfo member)
    {
        var definition = build.Parameters!.Definitions.FirstOrDefault(definition => IsSame(definition.Member, member));
        if (definition is null)
            return $"a value of {BuildMembers.NameOf(member)}.";
        var variable = EnvironmentNames.Prefix + definition.Option[2..].Replace('-', '_').ToUpperInvariant();
        if (build.Parameters.LockedBy(definition) is { } password)
            return $"a value of {definition.Name}: set {password} to the password that opens it, or {variable} to the value.";
        return definition.IsSecret ? $"a value of {definition.Name}: set {variable}." : $"a value of {definition.Name}: give {definition.Option} or set {variable}.";
    }

    private static string? ProgramFault(TargetRequirement.Program program)
    {
        if (ToolPathResolver.TryFindOnPath(program.Executable) is not { } path)
            return $"the program {program.Executable}, which is not on the PATH. Install it.";
        if (program.Version is not { } version)
            return null;
        var process = ProcessTasks.StartProcess(path, "--version", logOutput: false, logInvocation: false);
        process.WaitForExit();
        return process.Output.Any(line => line.Text.Contains(version, StringComparison.Ordinal)) ? null : $"{program.Executable} {version}, but another version is on the PATH.";
    }

    private static object? ValueOf(NukeBuild build, MemberInfo member) => member switch
    {
        FieldInfo field => field.GetValue(build),
        PropertyInfo property => property.GetValue(build),
        _ => null,
    };

    private static bool IsSame(MemberInfo? left, MemberInfo right) =>
        left is not null && left.MetadataToken == right.MetadataToken && left.Module == right.Module;

    private static bool HasValue(object? value) => value is string text ? !string.IsNullOrWhiteSpace(text) : value is not null;
}
