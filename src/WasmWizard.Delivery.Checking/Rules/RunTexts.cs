using WasmWizard.Delivery.Checking.Reading;

namespace WasmWizard.Delivery.Checking.Rules;

/// <summary>What the workflows of a branch really run: commands, the scripts that they call, actions. Names and echoes promise, they do not run.</summary>
internal static class RunTexts
{
    public static IEnumerable<string> On(Repository repository, string branch) =>
        from workflow in repository.Workflows
        where workflow.RunsOn(branch, "push", "pull_request", "pull_request_target", "merge_group", "workflow_run", "workflow_call")
        from job in workflow.Jobs
        where job.MayRunOn(branch)
        from text in Of(repository, job)
        select text;

    public static IEnumerable<string> Of(Repository repository, Job job) =>
    [
        .. job.Steps.Where(step => step.Uses.Exists).Select(step => $"{step.Action} {string.Join(' ', step.With.Pairs.Where(pair => pair.Value.Value.Length < 200).Select(pair => pair.Value.Value))}"),
        .. repository.Steps.Where(script => script.Step!.Job == job).SelectMany(script => Texts(repository, script)),
        .. job.Node["services"].Pairs.Select(service => service.Value["image"].Value),
        .. job.Steps.Where(step => step.Run.Exists && step.Shell is "pwsh" or "powershell" or "cmd").Select(step => step.Run.Value),
        job.Node["uses"].Value,
    ];

    /// <summary>The script's commands that do something, and those of the files and recipes that it calls.</summary>
    private static IEnumerable<string> Texts(Repository repository, Script script)
    {
        foreach (var command in script.Commands.Where(command => !command.DoesNothing))
        {
            yield return command.Text;
            foreach (var called in Called(repository, command))
            {
                foreach (var inner in called.Commands.Where(inner => !inner.DoesNothing))
                    yield return inner.Text;
            }
        }
    }

    private static IEnumerable<Script> Called(Repository repository, Shell.ShellCommand command)
    {
        foreach (var word in command.Words)
        {
            if (repository.Snapshot.File(word) is { } file && Script.IsScript(file))
                yield return Script.OfFile(file);
        }

        if (command.Program is not ["make" or "just" or "task" or "npm" or "yarn" or "pnpm", ..])
            yield break;
        foreach (var recipe in repository.Scripts.Where(script => script.IsRecipe && command.Program.Contains(script.Title)))
            yield return recipe;
    }
}
