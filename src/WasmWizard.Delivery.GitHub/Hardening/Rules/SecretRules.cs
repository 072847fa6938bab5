using YamlDotNet.RepresentationModel;

namespace WasmWizard.Delivery.GitHub.Hardening.Rules;

/// <summary>Secrets belong to an environment, go one by one, and only to the step that needs them.</summary>
internal static class SecretRules
{
    public static IReadOnlyList<HardeningRule> All { get; } =
    [
        new("secrets-outside-env", "secrets only in jobs of an environment: its approvals and branches guard them", OutsideEnvironment),
        new("overprovisioned-secrets", "secrets one by one: all at once would hand over those nobody asked for", AllAtOnce),
        new("secrets-inherit", "secrets one by one to a called workflow", Inherited),
        new("secret-in-script", "a secret reaches a script as a variable, never inside its text or arguments, which logs and process lists show", InScript),
    ];

    private static IEnumerable<Place> OutsideEnvironment(WorkflowSource workflow)
    {
        var top = Uses(workflow.Root.Map("env"), Expressions.TakesSecret).Select(node => (where: "the whole workflow", node));
        var jobs = workflow.Jobs.Where(job => job.Environment is null).SelectMany(job => Uses(job.Node, Expressions.TakesSecret).Select(node => (where: $"job {job.Id}", node)));
        return top.Concat(jobs).Select(use => new Place(use.node.Start.Line, $"{use.where} takes {use.node.Value}", "environment: in that job, with the secret kept in the environment's settings"));
    }

    private static IEnumerable<Place> AllAtOnce(WorkflowSource workflow) =>
        Uses(workflow.Root, Expressions.TakesAllSecrets).Select(node => new Place(node.Start.Line, $"{node.Value} takes every secret", "secrets. and the name of the one that is needed"));

    private static IEnumerable<Place> Inherited(WorkflowSource workflow) =>
        from job in workflow.Jobs
        let secrets = job.Node.Get("secrets")
        where secrets is YamlScalarNode { Value: "inherit" }
        select new Place(secrets.Start.Line, $"job {job.Id} hands every secret on", "secrets: with each name that the called workflow needs");

    private static IEnumerable<Place> InScript(WorkflowSource workflow) =>
        from step in workflow.Steps
        let script = step.Run
        where script is not null && Expressions.In(script.Value ?? "").Any(expression => Expressions.TakesSecret(expression.Inside))
        select new Place(script.Start.Line, $"a script of job {step.Job.Id} holds a secret", "env: in that step, and \"$NAME\" in the script");

    private static IEnumerable<YamlScalarNode> Uses(YamlNode node, Func<string, bool> matches) =>
        node.Scalars().Where(scalar => Expressions.In(scalar.Value ?? "").Any(expression => matches(expression.Inside)));
}
