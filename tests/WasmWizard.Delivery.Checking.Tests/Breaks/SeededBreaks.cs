namespace WasmWizard.Delivery.Checking.Tests.Breaks;

/// <summary>25 breaks of this repository, one of each kind that a review misses.</summary>
internal static class SeededBreaks
{
    private const string PullRequest = ".github/workflows/pull-request.yml";
    private const string Production = ".github/workflows/deploy-production.yml";
    private const string Extra = ".github/workflows/extra.yml";

    public static readonly IReadOnlyList<Break> All =
    [
        new("tests that cannot fail", "WW6201", PullRequest, "run: ./build.sh Test --branch \"${BASE#refs/heads/}\"", "run: ./build.sh Test --branch \"${BASE#refs/heads/}\" || true"),
        new("a format check that only warns", "WW6201", PullRequest, "run: ./build.sh Format --branch \"${BASE#refs/heads/}\"", "run: ./build.sh Format || echo \"::warning::not formatted\""),
        new("tests whose failure is tolerated", "WW6202", PullRequest, "      - name: Run the tests, merge their coverage, judge both gates\n", "      - name: Run the tests, merge their coverage, judge both gates\n        continue-on-error: true\n"),
        new("tests behind a pipe", "WW6203", PullRequest, "run: ./build.sh Test --branch \"${BASE#refs/heads/}\"", "run: ./build.sh Test --branch \"${BASE#refs/heads/}\" | tee test.log"),
        new("a script that forgets its errors", "WW6204", "check.sh", "", "#!/bin/bash\nset +e\ndotnet test\necho done\n"),
        new("a scan without a threshold", "WW6205", Extra, "", Steps("run: trivy fs --severity HIGH .")),
        new("a check that is switched off", "WW6207", PullRequest, "  format:\n    runs-on: ubuntu-latest\n", "  format:\n    if: false\n    runs-on: ubuntu-latest\n"),
        new("a search for bad words", "WW6208", "audit.sh", "", "#!/bin/bash\nset -eu\nif dotnet test | grep -q Failed; then\n  exit 1\nfi\n"),
        new("a deployment that only prints", "WW6301", Production, "run: ./build.sh Deploy ", "run: echo Deploying "),
        new("a rollback that only prints", "WW6302", Extra, "", Steps("name: Roll back\n        run: echo \"rolled back\"")),
        new("a dump that stays on the runner", "WW6310", Extra, "", Steps("run: pg_dump --file dump.sql shop")),
        new("a dump that may break off", "WW6311", "backup.sh", "", "#!/bin/bash\nset -e\npg_dump shop | gzip > /srv/shop.gz\n"),
        new("a workflow that is no YAML", "WW6101", PullRequest, "  merge_group:\n", "\tmerge_group:\n"),
        new("a workflow elsewhere", "WW6102", "src/.github/workflows/ci.yml", "", Steps("run: dotnet test")),
        new("a job that is renamed", "WW6103", Production, "\n  format:\n", "\n  style:\n"),
        new("a trigger on a branch that does not exist", "WW6104", PullRequest, "branches: [master, development, research]", "branches: [trunk, development]"),
        new("an action by its branch", "WW6110", PullRequest, "actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1", "actions/checkout@main"),
        new("a moving tag in a manifest", "WW6111", "k8s/extra.yaml", "", Pod("registry.invalid/shop:latest")),
        new("a script that was moved", "WW6401", PullRequest, "run: ./build.sh Test ", "run: ./scripts/test.sh "),
        new("a script of package.json that does not exist", "WW6402", Extra, "", Steps("uses: actions/checkout@0123456789abcdef0123456789abcdef01234567\n      - run: npm run verify")),
        new("a token in a script", "WW6501", "publish.sh", "", "#!/bin/sh\ncurl --header \"Authorization: token ghp_" + "R7n2Q9xL4mB8vK1sT6wZ3cD5fG0hJyPaUeIo\" https://api.invalid\n"),
        new("a secret that is printed", "WW6502", Production, "run: ./build.sh Deploy ", "run: echo ${{ secrets.KUBECONFIG }} && ./build.sh Deploy "),
        new("an alert that cannot be loaded", "WW6602", "monitoring/extra.yml", "", Alert("sum(rate(node_load1[5m]) > 5")),
        new("an alert that is always true", "WW6603", "monitoring/extra.yml", "", Alert("rate(node_errors{code=\"500\"}[5m]) / rate(node_errors[5m]) > 0.1")),
        new("a down migration", "WW6701", "src/WasmWizard.Service/Migrations/9999_extra.down.sql", "", "DROP TABLE extra;\n"),
    ];

    private static string Steps(string step) => $"on: workflow_dispatch\njobs:\n  extra:\n    runs-on: ubuntu-latest\n    steps:\n      - {step}\n";

    private static string Pod(string image) => $"apiVersion: v1\nkind: Pod\nmetadata:\n  name: extra\nspec:\n  containers:\n    - name: extra\n      image: {image}\n";

    private static string Alert(string expression) => $"groups:\n  - name: extra\n    rules:\n      - alert: Extra\n        expr: {expression}\n";
}
