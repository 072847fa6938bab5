using System.Text;

namespace WasmWizard.Delivery.GitHub.Git;

/// <summary>A token for one server, handed to git in variables of its process: neither arguments nor files hold it.</summary>
public sealed class GitCredential(Uri server, string token)
{
    internal Dictionary<string, string?> Variables => new()
    {
        ["GIT_CONFIG_COUNT"] = "1",
        ["GIT_CONFIG_KEY_0"] = $"http.{server.GetLeftPart(UriPartial.Authority)}/.extraheader",
        ["GIT_CONFIG_VALUE_0"] = $"AUTHORIZATION: basic {Convert.ToBase64String(Encoding.UTF8.GetBytes($"x-access-token:{token}"))}",
    };

    public override string ToString() => $"a token for {server.Host}";
}
