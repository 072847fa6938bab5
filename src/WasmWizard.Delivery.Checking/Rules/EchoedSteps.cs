using System.Text.RegularExpressions;
using WasmWizard.Delivery.Checking.Reading;

namespace WasmWizard.Delivery.Checking.Rules;

/// <summary>Steps, jobs and scripts that are called after an act and only print.</summary>
internal static partial class EchoedSteps
{
    private const int MaxShown = 80;

    /// <summary>What a title says is done: deploy, rollback, backup, check; empty when it says nothing of it.</summary>
    public static string Subject(string title)
    {
        if (Talk().IsMatch(title))
            return "";
        return Rollback().IsMatch(title) ? "rollback" : Backup().IsMatch(title) ? "backup" : Deploy().IsMatch(title) ? "deploy" : Check().IsMatch(title) ? "check" : "";
    }

    public static IEnumerable<Place> About(Repository repository, string subject, string fix)
    {
        foreach (var workflow in repository.Workflows)
        {
            foreach (var job in workflow.Jobs)
            {
                var steps = repository.Steps.Where(script => script.Step!.Job == job && Subject(script.Title) == subject && OnlyPrints(script)).ToList();
                foreach (var step in steps)
                    yield return new(workflow.Path, step.Line, $"step {step.Title} only prints: {First(step)}", fix);
                if (steps.Count == 0 && SubjectOf(job) == subject && !(subject == "check" && job.Needs.Count > 0) && PrintsThroughout(repository, job))
                    yield return new(workflow.Path, job.Line, $"job {job.Id} only prints", fix);
            }
        }

        foreach (var script in repository.Scripts.Where(script => script.Step is null && !script.IsRecipe && Subject(script.File.Name.Split('.')[0]) == subject && OnlyPrints(script)))
            yield return new(script.File.Path, 1, $"{script.File.Name} only prints: {First(script)}", fix);
    }

    /// <summary>A job of an environment deploys, however it is called.</summary>
    private static string SubjectOf(Job job) => Subject(job.Id.Replace('_', '-') + " " + job.Name) is { Length: > 0 } subject ? subject
        : job.Node["environment"].Exists && !Talk().IsMatch(job.Id + " " + job.Name) ? "deploy" : "";

    /// <summary>Nothing in it changes or asks anything, and it cannot fail; a step of comments alone is such a one.</summary>
    private static bool OnlyPrints(Script script) => !script.Commands.Any(command => StandsIn().IsMatch(command.Text)) && script.Commands.All(command => command.DoesNothing) && !script.Commands.Any(command => command.Program is ["exit" or "return", not "0", ..])
        && (script.Commands.Count == 0 || script.Commands.Any(command => command.Program is ["echo" or "printf" or "true" or ":" or "sleep", ..]));

    private static bool PrintsThroughout(Repository repository, Job job)
    {
        var scripts = repository.Steps.Where(script => script.Step!.Job == job).ToList();
        return scripts.Count > 0 && scripts.TrueForAll(script => script.Commands.All(command => command.DoesNothing)) && scripts.Exists(OnlyPrints)
            && scripts.Count == job.Steps.Count(step => step.Run.Exists)
            && job.Steps.All(step => !step.Uses.Exists || Setup().IsMatch(step.Action));
    }

    private static string First(Script script)
    {
        var text = script.Commands.FirstOrDefault(command => command.Program is ["echo" or "printf", ..])?.Text ?? (script.Commands is [{ Text: var only }, ..] ? only : "nothing but comments");
        return text.Length > MaxShown ? text[..MaxShown] : text;
    }

    // Where nothing has changed, a job of the same name reports that nothing had to be done.
    [GeneratedRegex(@"(?i)(\bskip|not (required|needed|necessary)|no \S+ (required|needed|necessary)|nothing to|not applicable|unchanged)")]
    private static partial Regex StandsIn();

    // These announce an act of another step.
    [GeneratedRegex(@"(?i)(summary|notif|announce|message|comment|print|show|info|log |report|status|complete|success|fail|result|url|output|slack|debug|skip|link|variables|version|set |get |determine|prepare|check if|instructions|dry.?run|preview|gate|ready)")]
    private static partial Regex Talk();

    [GeneratedRegex(@"(?i)\broll(ing)?[ _-]?back")]
    private static partial Regex Rollback();

    [GeneratedRegex(@"(?i)\bback(ing)?[ _-]?up\b|\bbackups?\b")]
    private static partial Regex Backup();

    [GeneratedRegex(@"(?i)(\bdeploy\b|\bdeploy[-_ ]|[-_ ]deploy\b|\broll(s|ed)?[ -]?out\b|\bdeployment\b|\brun (database )?migrations?\b|\bmigrate\b)")]
    private static partial Regex Deploy();

    [GeneratedRegex(@"(?i)\b(tests?|scan|audit|benchmarks?|lint|smoke|health ?-?checks?|verify|integration)\b")]
    private static partial Regex Check();

    [GeneratedRegex(@"^(actions/(checkout|setup-[\w-]+|download-artifact|cache)|docker/(login-action|setup-[\w-]+)|azure/setup-[\w-]+|aws-actions/configure-[\w-]+|google-github-actions/(auth|setup-gcloud))$")]
    private static partial Regex Setup();
}
