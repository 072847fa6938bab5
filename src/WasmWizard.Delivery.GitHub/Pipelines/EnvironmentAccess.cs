using WasmWizard.Delivery.Environments;
using WasmWizard.Delivery.GitHub.Workflows;

namespace WasmWizard.Delivery.GitHub.Pipelines;

/// <summary>How a job reaches the place where an environment runs: on which machine it works, and what it must know and prove there.</summary>
internal sealed class EnvironmentAccess(DeploymentEnvironment environment)
{
    private TargetKind Kind => environment.Targets[0];

    /// <summary>The job signs what it deploys. A machine of ours makes its own key.</summary>
    public bool Signs { get; init; }

    /// <summary>A cluster is told who asks by the platform, and its images come from the platform's registry.</summary>
    public IReadOnlyList<TokenRight> Rights =>
        [TokenRight.ReadContents, .. Kind == TargetKind.Kubernetes ? [TokenRight.WritePackages, TokenRight.WriteIdToken] : Array.Empty<TokenRight>()];

    public Runner Runner => Kind == TargetKind.Local ? Runner.Own(RunnerLabel(environment)) : Runner.Ubuntu;

    public JobEnvironment Environment => new(environment.Word, environment.Url);

    /// <summary>All that change one environment take turns, whichever workflow they belong to.</summary>
    public Concurrency Concurrency => new($"deploy-{environment.Word}", NewestWins: false);

    /// <summary>The label that a machine of ours must bear to be deployed to: <c>wasm-wizard-research</c>.</summary>
    public static string RunnerLabel(DeploymentEnvironment environment) => $"wasm-wizard-{environment.Word}";

    public IReadOnlyList<string> Reasons =>
    [
        .. Kind switch
        {
            TargetKind.Local => new[]
            {
                $"Runs on the machine that serves {environment.Word}, a self-hosted runner labelled {RunnerLabel(environment)}: what is",
                "deployed to a throw-away runner is gone with it. Only what is on a protected branch reaches that machine, never pull requests.",
            },
            TargetKind.Compose => ["Runs on a machine of the platform, because it deploys to the engine at DOCKER_HOST, never to the machine itself."],
            _ => ["Runs on a machine of the platform, because it deploys to a cluster elsewhere."],
        },
        .. environment.NeedsApproval ? new[] { "A person approves it first, in the settings of the environment." } : [],
    ];

    /// <summary>The sources and the SDK.</summary>
    /// <param name="steps">Makes them.</param>
    /// <param name="thePushed">True takes the commit that started the run, false the head of the environment's branch.</param>
    public IEnumerable<Step> Prepare(PipelineSteps steps, bool thePushed) =>
    [
        steps.Checkout(wholeHistory: true, thePushed ? "" : environment.Branch),
        // On a machine of ours build.sh finds or installs the SDK below the clone, so that nothing of the machine changes.
        .. Kind == TargetKind.Local ? Array.Empty<Step>() : [steps.SetUpSdk()],
    ];

    /// <summary>The credentials, put where the tools look for them.</summary>
    public IEnumerable<Step> Credentials =>
    [
        .. Kind switch
        {
            TargetKind.Kubernetes => [ClusterAccess.Credentials],
            TargetKind.Compose => [EngineCredentials],
            _ => Array.Empty<Step>(),
        },
        .. Signs && Kind != TargetKind.Local ? [SigningKey] : Array.Empty<Step>(),
    ];

    /// <summary>The address, for the build's parameters.</summary>
    public IReadOnlyList<Setting> Address => Kind switch
    {
        TargetKind.Kubernetes =>
        [
            new("NUKE_KUBE_CONTEXT", ClusterAccess.Context),
            new("NUKE_REGISTRY", "${{ vars.REGISTRY }}"),
            new("REGISTRY_USER", "${{ github.actor }}"),
            new("REGISTRY_PASSWORD", "${{ github.token }}"),
            new("NUKE_IMAGE_REPOSITORY", "${{ vars.IMAGE_REPOSITORY }}"),
        ],
        TargetKind.Compose => [new("NUKE_DOCKER_HOST", "${{ vars.DOCKER_HOST }}")],
        _ => [],
    };

    // A file, because a key in an argument or a variable of the program would show in more places than it needs to.
    private static Step.Run SigningKey => new(
        """
        if [ -z "$KEY" ]; then
          echo "::error::The secret SIGNING_KEY of this environment is not set, required: its private key (ECDSA P-256, PEM); so nothing is deployed. Set it in the settings of the environment and run this job again."
          exit 2
        fi
        umask 077
        printf '%s\n' "$KEY" > "$RUNNER_TEMP/signing.pem"
        echo "NUKE_SIGNING_KEY=$RUNNER_TEMP/signing.pem" >> "$GITHUB_ENV"

        """.ReplaceLineEndings("\n"))
    {
        Name = "Put the key of the environment into a file",
        Variables = [new("KEY", "${{ secrets.SIGNING_KEY }}")],
    };

    // The engine's key must be known beforehand: asking the address for it would trust whoever answers.
    private static Step.Run EngineCredentials => new(
        """
        if [ -z "$ADDRESS" ] || [ -z "$KEY" ] || [ -z "$KNOWN_HOSTS" ]; then
          echo "::error::This environment lacks the variable DOCKER_HOST (ssh://user@host), the variable SSH_KNOWN_HOSTS or the secret SSH_KEY, required: all three; so nothing is deployed. Set them in the settings of the environment and run this job again."
          exit 2
        fi
        umask 077
        mkdir -p ~/.ssh
        printf '%s\n' "$KEY" > ~/.ssh/id_ed25519
        printf '%s\n' "$KNOWN_HOSTS" > ~/.ssh/known_hosts

        """.ReplaceLineEndings("\n"))
    {
        Name = "Put the key of the engine into a file",
        Variables =
        [
            new("ADDRESS", "${{ vars.DOCKER_HOST }}"),
            new("KNOWN_HOSTS", "${{ vars.SSH_KNOWN_HOSTS }}"),
            new("KEY", "${{ secrets.SSH_KEY }}"),
        ],
    };
}
