using System.Text.RegularExpressions;
using WasmWizard.Delivery.Checking.Shell;

namespace WasmWizard.Delivery.Checking.Reading;

/// <summary>Which commands and actions of the common tools check, and what.</summary>
public static partial class Capabilities
{
    private const int MaxText = 2000;

    /// <summary>What the words of a command or an action's reference amount to; empty when they check nothing.</summary>
    public static IEnumerable<Capability> In(string text) =>
        Patterns.Where(pattern => pattern.Expression.IsMatch(text.Length > MaxText ? text[..MaxText] : text)).Select(pattern => pattern.Capability);

    /// <summary>Its exit code is an answer that somebody wanted.</summary>
    public static bool IsGate(ShellCommand command) => command.Program.Count > 0 && !command.DoesNothing && command.Text.Length <= MaxText && Gate().IsMatch(string.Join(' ', command.Program)) && !Preparation().IsMatch(string.Join(' ', command.Program));

    /// <summary>An action that checks.</summary>
    public static bool IsGateAction(string action) => GateAction().IsMatch(action);

    private static readonly IReadOnlyList<(Capability Capability, Regex Expression)> Patterns =
    [
        (Capability.Audit, AuditWords()), (Capability.Format, FormatWords()), (Capability.Tests, TestWords()), (Capability.Coverage, CoverageWords()),
        (Capability.Scan, ScanWords()), (Capability.Benchmark, BenchmarkWords()), (Capability.Docs, DocsWords()), (Capability.Integration, IntegrationWords()),
        (Capability.Backup, BackupWords()), (Capability.Deploy, DeployWords()),
    ];

    [GeneratedRegex(@"^(cargo (\+\S+ )?(test|clippy|fmt\b.*--check|audit|deny|nextest|tarpaulin|llvm-cov|bench)\b|(npm|yarn|pnpm|bun) (run )?(test|lint|audit|typecheck|type-check|check|format:check|test:\S+|ci:\S+)(\s|$)|npm t(\s|$)|(jest|vitest|mocha|eslint|tsc|prettier --check|playwright test|cypress run|stylelint)(\s|$)|(pytest|tox|nox|ruff (check|format)|flake8|mypy|pyright|black .*--check|isort .*--check|bandit|pip-audit|safety (check|scan)|unittest|pylint)(\s|$)|go (test|vet)\b|(golangci-lint|govulncheck|gosec|staticcheck)(\s|$)|(mvn|\./mvnw|mvnw) .*\b(test|verify|spotless:check|checkstyle:check|dependency-check)|(gradle|\./gradlew|gradlew) .*\b(test|check|integrationTest|dependencyCheckAnalyze)|(trivy|grype|snyk|hadolint|shellcheck|semgrep|kubeconform|kubeval|yamllint|actionlint|zizmor|checkov|tfsec|osv-scanner|dockle)(\s|$)|docker (scout|scan)\b|dotnet (test|format .*--verify)|(\./)?build\.sh (Test|Verify|Format|VerifyGenerated|Audit|Scan|Check)|make (test|check|lint|audit|verify|fmt-check)\b|(rspec|rubocop|brakeman|bundle-audit|phpunit|phpstan|mix test|mix credo|swift test|sbt test)(\s|$|/)|kubectl rollout status|(\./)?vendor/bin/(phpunit|phpstan))")]
    private static partial Regex Gate();

    // These only ask for a version, a database or a help text.
    [GeneratedRegex(@"(\s--version\b|\s--help\b|\s-V$|--download-db-only|\bversion$|\s--no-run\b|\binstall\b)")]
    private static partial Regex Preparation();

    [GeneratedRegex(@"(trivy-action|anchore/scan-action|snyk/actions|rustsec/audit-check|actions-rs/audit-check|golangci-lint-action|cargo-deny-action|dependency-review-action|hadolint-action|gitleaks|super-linter|semgrep|codeql-action/analyze|pre-commit/action|scout-action|grype)")]
    private static partial Regex GateAction();

    [GeneratedRegex(@"(\baudit\b|Audit\b|audit-check|govulncheck|snyk|osv-scanner|safety (check|scan)|pip-audit|dependency-check|dependencyCheck|dependency-review|trivy[^\n]* (fs|filesystem|repo)|trivy-action|cargo-deny|deny check|codeql|list package --vulnerable|bundler?-audit|semgrep|gosec|bandit|brakeman|grype)")]
    private static partial Regex AuditWords();

    [GeneratedRegex(@"(\bfmt\b|[Ff]ormat|prettier|\blint|lint\b|gofmt|gofumpt|black\b|ruff|clippy|spotless|checkstyle|eslint|rubocop|pre-commit|biome|flake8|ktlint)")]
    private static partial Regex FormatWords();

    [GeneratedRegex(@"(\b[Tt]est\b|\btests\b|pytest|vitest|jest|mocha|tox\b|nox\b|nextest|rspec|phpunit|\bTest\b|tarpaulin|llvm-cov|mvnw? .*(verify|install)|gradlew? .*(build|check)|make check|test:|:test)")]
    private static partial Regex TestWords();

    [GeneratedRegex(@"(tarpaulin|llvm-cov|--cov\b|[Cc]overage|jacoco|nyc\b|\bc8\b|codecov|coveralls|-cover\b|coverprofile|grcov|XPlat|build\.sh Test)")]
    private static partial Regex CoverageWords();

    [GeneratedRegex(@"(trivy|grype|docker scout|scout-action|clair|anchore|snyk.* container|snyk/actions/docker|docker scan|dockle|build\.sh (\S+ )*Scan)")]
    private static partial Regex ScanWords();

    [GeneratedRegex(@"([Bb]ench|criterion|\bk6\b|\bwrk\b|hyperfine|jmh|locust|vegeta|lighthouse|autocannon|gatling|artillery|\bab -)")]
    private static partial Regex BenchmarkWords();

    [GeneratedRegex(@"(\bdocs?\b|Docs\b|mdbook|mkdocs|sphinx|typedoc|javadoc|rustdoc|markdownlint|lychee|docusaurus|changelog|README)")]
    private static partial Regex DocsWords();

    [GeneratedRegex(@"([Ii]ntegration|\be2e\b|end-to-end|compose.* up|testcontainers|cypress|playwright|--test '?\*|postgres:|smoke)")]
    private static partial Regex IntegrationWords();

    [GeneratedRegex(@"(pg_dump|pg_basebackup|[Bb]ackup|velero|barman|wal-g|restic|mysqldump|mongodump|snapshot)")]
    private static partial Regex BackupWords();

    [GeneratedRegex(@"(kubectl|helm |compose.* (up|pull)|[Dd]eploy|ssh |rsync|scp |terraform apply|ansible|flyctl|heroku|gcloud|\baws |\baz |argocd|kustomize|serverless|wrangler|pages|vercel|netlify|pulumi|publish|docker stack|nomad|render)")]
    private static partial Regex DeployWords();
}
