using WasmWizard.Delivery.GitHub.Workflows;

namespace WasmWizard.Delivery.GitHub.Pipelines;

/// <summary>
/// How a job proves to a cluster who it is without a stored key: the platform issues a token that names repository and environment, the
/// cluster's API server trusts that issuer, and the token is good for minutes. Address and certificate authority are no secrets.
/// </summary>
internal static class ClusterAccess
{
    private const string Audience = "wasm-wizard";

    // The client asks the script again whenever a token has run out, so that a long rollout never loses its access.
    // The platform's own credential goes to curl on its standard input: arguments can be seen by others.
    public static Step.Run Credentials => new(
        $$$"""
        if [ -z "$SERVER" ] || [ -z "$AUTHORITY" ]; then
          echo "::error::This environment lacks the variable KUBE_SERVER (https://...) or KUBE_AUTHORITY (its certificate authority, base64), required: both; so nothing is deployed. Set them in the settings of the environment and run this job again."
          exit 2
        fi
        umask 077
        cat > "$RUNNER_TEMP/cluster-token" <<'SCRIPT'
        #!/bin/sh
        set -eu
        answer=$(printf 'header = "Authorization: bearer %s"\n' "$ACTIONS_ID_TOKEN_REQUEST_TOKEN" |
          curl --fail --silent --show-error --config - "$ACTIONS_ID_TOKEN_REQUEST_URL&audience={{{Audience}}}")
        token=$(printf '%s' "$answer" | sed -n 's/.*"value" *: *"\([^"]*\)".*/\1/p')
        if [ -z "$token" ]; then
          echo "The platform gave no token for the cluster; required: the right id-token: write on this job." >&2
          exit 1
        fi
        printf '{"apiVersion":"client.authentication.k8s.io/v1","kind":"ExecCredential","status":{"token":"%s","expirationTimestamp":"%s"}}\n' \
          "$token" "$(date --utc --date '+4 minutes' +%Y-%m-%dT%H:%M:%SZ)"
        SCRIPT
        chmod 700 "$RUNNER_TEMP/cluster-token"
        cat > "$RUNNER_TEMP/kubeconfig" <<CONFIG
        apiVersion: v1
        kind: Config
        clusters:
          - name: cluster
            cluster: {server: "$SERVER", certificate-authority-data: "$AUTHORITY"}
        users:
          - name: job
            user:
              exec: {apiVersion: client.authentication.k8s.io/v1, command: "$RUNNER_TEMP/cluster-token", interactiveMode: Never}
        contexts:
          - name: {{{Context}}}
            context: {cluster: cluster, user: job}
        current-context: {{{Context}}}
        CONFIG
        echo "KUBECONFIG=$RUNNER_TEMP/kubeconfig" >> "$GITHUB_ENV"

        """.ReplaceLineEndings("\n"))
    {
        Name = "Know the cluster by its authority and be known by the platform's token",
        Variables = [new("SERVER", "${{ vars.KUBE_SERVER }}"), new("AUTHORITY", "${{ vars.KUBE_AUTHORITY }}")],
    };

    /// <summary>The only context of that file.</summary>
    public const string Context = "deployment";
}
