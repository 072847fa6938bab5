using System.Reflection;
using WasmWizard.BuildEngine.IO;

namespace WasmWizard.BuildEngine;

/// <summary>One run from the command line to the exit code.</summary>
internal sealed partial class BuildRun(BuildInvocation invocation, Func<NukeBuild> create, Func<NukeBuild, IReadOnlyList<Target>> defaultTargets)
{
    private const int MostJobs = 1024;
    private const string CompleteOption = "--complete";

    /// <summary>The words after <c>--complete</c>, which the completion of a shell asks about; they are no command line of their own.</summary>
    private readonly IReadOnlyList<string>? _complete = invocation.Arguments is [CompleteOption, ..] ? [.. invocation.Arguments.Skip(1)] : null;
    private readonly CommandLine _commandLine = CommandLine.Parse(invocation.Arguments is [CompleteOption, ..] ? [] : invocation.Arguments);
    private readonly List<string> _faults = [];

    public int Execute()
    {
        var output = BuildOutput.Create(invocation, _commandLine.Find(BuiltInParameters.Json) is { } option && option.Values is not ["false"]);
        try
        {
            using var session = OpenSession(output);
            try
            {
                return Run(session);
            }
            catch (Exception exception)
            {
                return Fail(exception, output, session);
            }
        }
        catch (Exception exception)
        {
            return Fail(exception, output, null);
        }
        finally
        {
            output.Flush();
        }
    }

    private BuildSession OpenSession(BuildOutput output)
    {
        var root = FindRoot();
        var early = EarlyValues(root);
        var host = HostDetection.Create(early.ValueOf(BuiltInParameters.Host) as string, invocation);
        if (host is null)
            _faults.Add($"There is no host of that name. The hosts are {string.Join(" and ", HostDetection.Names)}.");
        var verbosity = early.ValueOf(BuiltInParameters.Verbosity) as Verbosity? ?? Verbosity.Normal;
        return new BuildSession(invocation, root, output, host ?? new Terminal(), verbosity, early.ValueOf(BuiltInParameters.Profile) as string[] ?? []);
    }

    /// <summary>What must be known before the build exists. Faults are collected when everything is read again with the build's own parameters.</summary>
    private ParameterSet EarlyValues(AbsolutePath root)
    {
        var ignored = new List<string>();
        return new ParameterSet(BuiltInParameters.All, invocation, _commandLine, new ParameterFiles(root, [], ignored), root, ignored);
    }

    private AbsolutePath FindRoot()
    {
        var given = _commandLine.Find(BuiltInParameters.Root) is { } option ? (option.Values.Count > 0 ? option.Values[0] : ".") : invocation.RootDirectory;
        if (given is null)
            return RootDirectories.Find(invocation.WorkingDirectory, invocation.Variable("HOME"))
                ?? throw new UsageException($"Neither {invocation.WorkingDirectory} nor a folder above it holds {RootDirectories.Marker}. Start inside the repository, or give --root.");
        var root = Path.GetFullPath(given, invocation.WorkingDirectory);
        return Directory.Exists(root) ? root : throw new UsageException($"The root {root} does not exist. Give --root an existing folder.");
    }

    private int Run(BuildSession session)
    {
        var build = create();
        session.Build = build;
        var shape = BuildShape.Of(build.GetType());
        ReadParameters(session, build, shape);
        build.Targets = TargetGraph.Create(build, shape.Members);
        MarkDefaults(build);
        var wanted = ReadTargets(build);
        var skipped = ReadSkipped(build);
        if (_faults.Count > 0)
            throw new UsageException(_faults);

        if (build.Extensions.HasCreatedHooks || IsOverridden(build, nameof(NukeBuild.OnBuildCreated)))
        {
            SerilogBridge.Install();
            build.Extensions.Call<IOnBuildCreated>(extension => extension.OnBuildCreated(build.Targets));
            build.OnBuildCreated();
        }

        if (AnswerBeforePlan(session, build, wanted) is { } answered)
            return answered;
        if (!build.NoLogo)
            session.Output.WriteLine(session.Output.Palette.Faint(Logo));
        build.ExecutionPlan = PlanOf(session, build, wanted);
        return AnswerFromPlan(session, build) ?? RunTargets(session, build, shape.Members, skipped);
    }

    private static IReadOnlyList<ExecutableTarget> PlanOf(BuildSession session, NukeBuild build, IReadOnlyList<ExecutableTarget> wanted)
    {
        var plan = ExecutionPlanner.Plan(build.Targets, wanted, build.Parameters!.IsSet(BuiltInParameters.Strict));
        var faults = OverlappingOutputs.FaultsOf(plan, session.Root);
        return faults.Count == 0 ? plan : throw new UsageException(faults);
    }

    private void ReadParameters(BuildSession session, NukeBuild build, BuildShape shape)
    {
        var own = shape.Parameters;
        var files = new ParameterFiles(session.Root, session.Profiles, _faults);
        List<ParameterDefinition> all = [.. own, .. BuiltInParameters.All];
        build.Injection = new ValueInjection(build);
        build.Parameters = new ParameterSet(all, invocation, _commandLine, files, session.Root, _faults);
        session.Hide(build.Parameters.FindSecrets());

        foreach (var option in _commandLine.Options)
            if (!all.Exists(definition => definition.Key == option.Key))
                _faults.Add($"Unknown parameter {option.Text}.{NearestNames.Question(option.Text, all.Where(definition => definition.IsListed).Select(definition => definition.Option))}");
        foreach (var value in files.Values)
            if (!all.Exists(definition => definition.Key == NameForm.Normalize(value.Name)))
                _faults.Add($"Unknown parameter {value.Name} in {RootDirectories.Marker}/{value.FileName}.{NearestNames.Question(value.Name, own.Select(definition => definition.Name))}");
        if (build.Parameters.ValueOf(BuiltInParameters.Jobs) is int and (< 1 or > MostJobs))
            _faults.Add($"--jobs must be a number from 1 to {MostJobs}.");
        if (build.Parameters.ValueOf(BuiltInParameters.Completion) is string shell && !Completion.Shells.Contains(shell))
            _faults.Add($"--completion must be one of {string.Join(", ", Completion.Shells)}.");
        if (build.Parameters.ValueOf(BuiltInParameters.Partition) is string partition)
            build.Partition = Partition.TryParse(partition) ?? NotAPartition();
        ParameterDiscovery.Inject(build, shape);

        Partition NotAPartition()
        {
            _faults.Add("--partition must be a part and a total, e.g. 1/3.");
            return Partition.Whole;
        }
    }

    private void MarkDefaults(NukeBuild build)
    {
        foreach (var factory in defaultTargets(build))
        {
            var named = build.Targets.FirstOrDefault(target => target.Factory == factory)
                ?? throw new BuildDefinitionException("Execute names something that is not a target member of this build. Name a target by its member, e.g. x => x.Compile.");
            named.IsDefault = true;
        }
    }

    private IReadOnlyList<ExecutableTarget> ReadTargets(NukeBuild build)
    {
        var options = build.Parameters!.ValueOf(BuiltInParameters.Target) as string[] ?? [];
        var invoked = FindTargets(build, [.. _commandLine.Words, .. options.SelectMany(CommandLine.SplitTargets)]);
        foreach (var target in invoked)
            target.Invoked = true;
        build.InvokedTargets = invoked;
        return invoked.Count > 0 || _commandLine.Words.Count > 0 ? invoked : [.. build.Targets.Where(target => target.IsDefault)];
    }

    private IReadOnlyList<ExecutableTarget>? ReadSkipped(NukeBuild build) =>
        build.Parameters!.ValueOf(BuiltInParameters.Skip) is string[] names ? FindTargets(build, [.. names.SelectMany(CommandLine.SplitTargets)]) : null;

    private IReadOnlyList<ExecutableTarget> FindTargets(NukeBuild build, IReadOnlyList<string> names)
    {
        var found = new List<ExecutableTarget>();
        foreach (var name in names)
        {
            var key = NameForm.Normalize(name);
            if (build.Targets.FirstOrDefault(target => target.Key == key) is { } target)
                found.Add(target);
            else
                _faults.Add(UnknownTarget(name, build));
        }

        return [.. found.Distinct()];
    }

    private static string UnknownTarget(string name, NukeBuild build)
    {
        var names = build.Targets.Select(target => target.Name).ToList();
        var question = NearestNames.Question(name, names);
        return $"Unknown target {name}.{(question.Length > 0 ? question : $" The targets are {string.Join(", ", names)}.")}";
    }

    private static bool IsOverridden(NukeBuild build, string hook) =>
        build.GetType().GetMethod(hook, BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public)?.DeclaringType != typeof(NukeBuild);
}
