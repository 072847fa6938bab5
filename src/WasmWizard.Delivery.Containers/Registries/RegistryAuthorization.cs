using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace WasmWizard.Delivery.Containers.Registries;

/// <summary>Who asks a registry. The password is never part of a text.</summary>
public sealed record RegistryCredentials(string User, string Password)
{
    public override string ToString() => $"{User} (password not shown)";
}

/// <summary>
/// Answers a registry's challenge: with the credentials themselves, or with a token that another server gives for them. A request is repeated at
/// most once, and only where its body can be sent again.
/// </summary>
internal sealed partial class RegistryAuthorization(RegistryCredentials? credentials, HttpMessageHandler inner) : DelegatingHandler(inner)
{
    private readonly ConcurrentDictionary<string, AuthenticationHeaderValue> _byHost = new();

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var host = request.RequestUri!.Authority;
        request.Headers.Authorization = _byHost.GetValueOrDefault(host);
        var response = await base.SendAsync(request, cancellationToken);
        if (response.StatusCode != HttpStatusCode.Unauthorized || request.Content is StreamContent)
            return response;
        if (await AnswerAsync(response.Headers.WwwAuthenticate.FirstOrDefault(), cancellationToken) is not { } answer)
            return response;
        response.Dispose();
        _byHost[host] = request.Headers.Authorization = answer;
        return await base.SendAsync(request, cancellationToken);
    }

    private async Task<AuthenticationHeaderValue?> AnswerAsync(AuthenticationHeaderValue? challenge, CancellationToken cancellation)
    {
        if (challenge?.Scheme == "Basic")
            return Basic;
        if (challenge?.Scheme != "Bearer")
            return null;
        var parameters = Parameter().Matches(challenge.Parameter ?? "").ToDictionary(match => match.Groups[1].Value, match => match.Groups[2].Value);
        if (!Uri.TryCreate(parameters.GetValueOrDefault("realm"), UriKind.Absolute, out var realm) || (realm.Scheme != "https" && !realm.IsLoopback))
            return null;
        var query = string.Join('&', parameters.Where(pair => pair.Key is "service" or "scope").Select(pair => $"{pair.Key}={Uri.EscapeDataString(pair.Value)}"));
        using var request = new HttpRequestMessage(HttpMethod.Get, new UriBuilder(realm) { Query = query }.Uri);
        request.Headers.Authorization = Basic;
        using var response = await base.SendAsync(request, cancellation);
        return response.IsSuccessStatusCode && Token(await response.Content.ReadAsByteArrayAsync(cancellation)) is { } token ? new("Bearer", token) : null;
    }

    private AuthenticationHeaderValue? Basic =>
        credentials is null ? null : new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{credentials.User}:{credentials.Password}")));

    private static string? Token(byte[] json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return document.RootElement.TryGetProperty("token", out var token) || document.RootElement.TryGetProperty("access_token", out token) ? token.GetString() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    [GeneratedRegex("([a-z]+)=\"([^\"]*)\"")]
    private static partial Regex Parameter();
}
