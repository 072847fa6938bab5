using YamlDotNet.RepresentationModel;

namespace WasmWizard.Delivery.GitHub.Hardening.Rules;

/// <summary>What outsiders can choose never becomes a command.</summary>
internal static class InputRules
{
    public static IReadOnlyList<HardeningRule> All { get; } =
    [
        new("template-injection", "scripts take values from variables: an expression is pasted in before the shell reads the line, so a branch's name could be a command", TemplateInjection),
        new("insecure-commands", "the runner's old commands stay off: any printed line could set variables", InsecureCommands),
        new("hidden-failure", "a step that fails ends its job: otherwise nothing that it checks is checked", HiddenFailure),
    ];

    private static IEnumerable<Place> TemplateInjection(WorkflowSource workflow) =>
        from step in workflow.Steps
        from script in Scripts(step)
        from expression in Expressions.In(script.Value ?? "")
        let foreign = Expressions.Foreign(expression.Inside)
        where foreign is not null
        select new Place(
            script.Start.Line + expression.LinesBefore + (script.Style is YamlDotNet.Core.ScalarStyle.Literal or YamlDotNet.Core.ScalarStyle.Folded ? 1 : 0),
            $"a script of job {step.Job.Id} holds ${{{{ {expression.Inside} }}}}",
            $"env: with a name for {foreign}, and \"$NAME\" in the script");

    // The script of actions/github-script is a program too.
    private static IEnumerable<YamlScalarNode> Scripts(StepSource step) =>
        new[] { step.Run, step.Action == "actions/github-script" ? step.With.Get("script") as YamlScalarNode : null }.OfType<YamlScalarNode>();

    private static IEnumerable<Place> InsecureCommands(WorkflowSource workflow) =>
        from map in new[] { workflow.Root }.Concat(workflow.Jobs.Select(job => job.Node)).Concat(workflow.Steps.Select(step => step.Node))
        let allowed = map.Map("env").Get("ACTIONS_ALLOW_UNSECURE_COMMANDS")
        where allowed is YamlScalarNode { Value: not "false" }
        select new Place(allowed.Start.Line, "ACTIONS_ALLOW_UNSECURE_COMMANDS is set", "leave it out; write to $GITHUB_ENV and $GITHUB_OUTPUT");

    private static IEnumerable<Place> HiddenFailure(WorkflowSource workflow) =>
        from map in workflow.Jobs.Select(job => (job.Id, job.Node)).Concat(workflow.Steps.Select(step => (step.Job.Id, step.Node)))
        let tolerated = map.Node.Get("continue-on-error")
        where tolerated is YamlScalarNode { Value: not "false" }
        select new Place(tolerated.Start.Line, $"job {map.Id} goes on after an error", "leave continue-on-error out");
}
