namespace WasmWizard.Delivery.GitHub.Tests.Workflows;

public sealed class ActionlintSpecs
{
    // What the platform has and the packaged linter is too old to know, each with the platform's own page.
    // A label of our own machines is not in its list because its configuration file cannot be handed to the package.
    private static readonly (string Why, string Kind, string Message)[] Newer =
    [
        ("concurrency.queue, May 2026: github.blog/changelog/2026-05-07-github-actions-concurrency-groups-now-allow-larger-queues",
            "syntax-check", "unexpected key \"queue\" for \"concurrency\" section."),
        ("the vars context, 2023: docs.github.com/actions/learn-github-actions/variables", "expression", "undefined variable \"vars\"."),
        ("our runner", "runner-label", "label \"wasm-wizard-production\" is unknown."),
        ("our runner", "runner-label", "label \"wasm-wizard-staging\" is unknown."),
        ("our runner", "runner-label", "label \"wasm-wizard-research\" is unknown."),
    ];

    [ActionlintFact]
    public void It_finds_nothing_in_the_files_of_any_strategy_but_what_is_newer_than_it_and_all_of_that()
    {
        var folder = Directory.CreateTempSubdirectory("workflows-");
        try
        {
            var paths = RandomPipelines.Generated.Select(made => Write(folder.FullName, made.Pipeline, made.File.Path, made.File.Content)).ToList();

            var findings = Actionlint.Lint(paths);

            Assert.DoesNotContain(findings, finding => !Newer.Any(known => Explains(known, finding)));
            Assert.All(Newer, known => Assert.Contains(findings, finding => Explains(known, finding)));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static bool Explains((string Why, string Kind, string Message) known, Actionlint.Finding finding) =>
        finding.Kind == known.Kind && finding.Message.StartsWith(known.Message, StringComparison.Ordinal);

    private static string Write(string folder, string pipeline, string path, string content)
    {
        var file = Path.Combine(folder, pipeline, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, content);
        return file;
    }
}
