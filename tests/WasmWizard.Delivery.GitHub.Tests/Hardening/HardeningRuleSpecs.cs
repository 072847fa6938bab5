using WasmWizard.Delivery.GitHub.Hardening;

namespace WasmWizard.Delivery.GitHub.Tests.Hardening;

/// <summary>Each rule finds its break in an otherwise sound file, on its line, and nothing else is found.</summary>
public sealed class HardeningRuleSpecs
{
    private const string Sha = "3d3c42e5aac5ba805825da76410c181273ba90b1";

    private const string Sound =
        $$$"""
        name: Sound
        on:
          pull_request:
            branches: [master]
        permissions: {}
        concurrency:
          group: ${{ github.workflow }}-${{ github.ref }}
          cancel-in-progress: true
        jobs:
          check:
            runs-on: ubuntu-latest
            timeout-minutes: 5
            permissions:
              contents: read
            container:
              image: debian@sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa
            steps:
              - uses: actions/checkout@{{{Sha}}} # v7.0.1
                with:
                  persist-credentials: false
              - uses: ./.github/actions/own
              - env:
                  TITLE: ${{ github.event.pull_request.title }}
                run: |
                  echo "$TITLE"
                  echo ${{ github.sha }}
          deploy:
            runs-on: ubuntu-latest
            timeout-minutes: 5
            permissions: {}
            environment: production
            concurrency:
              group: production
              cancel-in-progress: false
            steps:
              - env:
                  KEY: ${{ secrets.KEY }}
                run: ./deploy

        """;

    [Fact]
    public void A_sound_file_has_no_finding() => Assert.Empty(WorkflowHardening.Inspect("w.yml", Sound));

    [Theory]
    [InlineData("unpinned-uses", "actions/checkout@" + Sha + " # v7.0.1", "actions/checkout@v7")]
    [InlineData("unpinned-uses", "actions/checkout@" + Sha, "actions/checkout@3d3c42e")]
    [InlineData("unpinned-images", "debian@sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "debian:stable")]
    [InlineData("unpinned-images", "./.github/actions/own", "docker://debian:stable")]
    [InlineData("template-injection", "echo \"$TITLE\"", "echo \"${{ github.event.pull_request.title }}\"")]
    [InlineData("template-injection", "echo \"$TITLE\"", "echo ${{ inputs.name }}")]
    [InlineData("template-injection", "echo \"$TITLE\"", "echo ${{ github.event['issue'].body }}")]
    [InlineData("template-injection", "echo \"$TITLE\"", "echo ${{ format('{0}', github.head_ref) }}")]
    [InlineData("insecure-commands", "TITLE: ${{ github.event.pull_request.title }}", "ACTIONS_ALLOW_UNSECURE_COMMANDS: true")]
    [InlineData("hidden-failure", "run: ./deploy", "run: ./deploy\n        continue-on-error: true")]
    [InlineData("excessive-permissions", "permissions: {}\nconcurrency", "permissions: write-all\nconcurrency")]
    [InlineData("excessive-permissions", "permissions: {}\nconcurrency", "permissions:\n  contents: write\nconcurrency")]
    [InlineData("excessive-permissions", "    permissions: {}\n    environment", "    permissions: read-all\n    environment")]
    [InlineData("artipacked", "persist-credentials: false", "fetch-depth: 0")]
    [InlineData("artipacked", "persist-credentials: false", "persist-credentials: true")]
    [InlineData("dangerous-triggers", "  pull_request:\n    branches: [master]\n", "  pull_request_target:\n    branches: [master]\n")]
    [InlineData("dangerous-triggers", "  pull_request:\n    branches: [master]\n", "  workflow_run:\n    workflows: [x]\n")]
    [InlineData("self-hosted-runner", "check:\n    runs-on: ubuntu-latest", "check:\n    runs-on: [self-hosted, ours]")]
    [InlineData("missing-timeout", "    timeout-minutes: 5\n    permissions: {}\n", "    permissions: {}\n")]
    [InlineData("cache-poisoning", "uses: ./.github/actions/own", "uses: actions/cache@" + Sha)]
    [InlineData("cache-poisoning", "uses: ./.github/actions/own", "uses: actions/setup-node@" + Sha + "\n        with:\n          cache: npm")]
    [InlineData("secrets-outside-env", "TITLE: ${{ github.event.pull_request.title }}", "KEY: ${{ secrets.KEY }}")]
    [InlineData("secrets-outside-env", "TITLE: ${{ github.event.pull_request.title }}", "KEY: ${{ secrets['KEY'] }}")]
    [InlineData("overprovisioned-secrets", "KEY: ${{ secrets.KEY }}", "KEY: ${{ toJSON(secrets) }}")]
    [InlineData("concurrency-limits", "cancel-in-progress: false", "cancel-in-progress: true")]
    [InlineData("concurrency-limits", "concurrency:\n  group: ${{ github.workflow }}-${{ github.ref }}\n  cancel-in-progress: true\n", "")]
    public void Each_rule_finds_its_break_and_only_that(string rule, string sound, string broken)
    {
        Assert.Contains(sound, Sound, StringComparison.Ordinal);
        var text = Sound.Replace(sound, broken, StringComparison.Ordinal);

        var finding = Assert.Single(WorkflowHardening.Inspect("w.yml", text));

        Assert.Equal(rule, finding.Rule);
        Assert.InRange(finding.Line, 1, text.Split('\n').Length);
        Assert.NotEmpty(finding.Found);
        Assert.NotEmpty(finding.Fix);
        Assert.Contains($"w.yml:{finding.Line}: {rule}: ", finding.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_secret_inside_a_script_is_two_faults()
    {
        var rules = WorkflowHardening.Inspect("w.yml", Sound.Replace("run: ./deploy", "run: ./deploy ${{ secrets.KEY }}", StringComparison.Ordinal)).Select(finding => finding.Rule);

        Assert.Equal(["secret-in-script", "template-injection"], rules);
    }

    [Fact]
    public void A_called_workflow_that_inherits_every_secret_is_found()
    {
        var text = Sound + $"  call:\n    uses: a/b/.github/workflows/c.yml@{Sha}\n    permissions: {{}}\n    secrets: inherit\n";

        Assert.Equal("secrets-inherit", Assert.Single(WorkflowHardening.Inspect("w.yml", text)).Rule);
    }

    [Fact]
    public void A_job_that_nobody_gave_rights_has_the_platforms_default_and_that_is_found_per_job()
    {
        var text = Sound.Replace("permissions: {}\nconcurrency", "concurrency", StringComparison.Ordinal).Replace("    permissions: {}\n    environment", "    environment", StringComparison.Ordinal);

        Assert.Contains("job deploy", Assert.Single(WorkflowHardening.Inspect("w.yml", text)).Found, StringComparison.Ordinal);
    }

    [Fact]
    public void The_line_is_that_of_the_expression_inside_a_long_script()
    {
        var text = Sound.Replace("echo \"$TITLE\"", "echo one\n          echo two\n          echo ${{ github.head_ref }}", StringComparison.Ordinal);

        var finding = Assert.Single(WorkflowHardening.Inspect("w.yml", text));

        Assert.Contains("github.head_ref", text.Split('\n')[finding.Line - 1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("- a\n- b\n")]
    [InlineData("a: [\n")]
    [InlineData("a: 1\na: 2\n")]
    [InlineData("a:\n\tb: 1\n")]
    [InlineData("a: *nobody\n")]
    [InlineData("--- \na: 1\n---\nb: 2\n")]
    public void A_file_that_is_no_workflow_is_one_finding_and_never_an_exception(string text)
    {
        var finding = Assert.Single(WorkflowHardening.Inspect("w.yml", text));

        Assert.Equal(WorkflowHardening.Unreadable, finding.Rule);
        Assert.StartsWith("w.yml:", finding.Found, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("on: 3\njobs: 7\n")]
    [InlineData("on: [push]\njobs:\n  a: text\n  b:\n    steps: text\n    permissions: {}\n    timeout-minutes: 1\n")]
    [InlineData("on:\njobs:\n  a:\n    permissions: {}\n    timeout-minutes: 1\n    steps: [1, [2], {run: [3]}, {uses: {a: b}}]\n    environment: [x]\n")]
    [InlineData("x: &x {a: 1}\ny: *x\n? [1]\n: 2\n")]
    public void Values_of_another_kind_than_expected_are_simply_not_there(string text) => Assert.Empty(WorkflowHardening.Inspect("w.yml", text));

    [Fact]
    public void Megabytes_are_read_once()
    {
        var steps = string.Concat(Enumerable.Range(0, 20_000).Select(i => $"      - run: echo {i} ${{{{ github.head_ref }}}}\n"));
        var text = "on: push\npermissions: {}\njobs:\n  a:\n    timeout-minutes: 1\n    steps:\n" + steps;

        Assert.Equal(20_000, WorkflowHardening.Inspect("w.yml", text).Count);
    }

    [Fact]
    public void Every_file_of_every_pipeline_passes_every_rule()
    {
        Assert.All(RandomPipelines.Generated, made => Assert.Empty(WorkflowHardening.Inspect($"{made.Pipeline}/{made.File.Path}", made.File.Content)));
    }
}
