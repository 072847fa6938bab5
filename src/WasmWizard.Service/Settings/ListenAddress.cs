using System.Net;

namespace WasmWizard.Service.Settings;

/// <summary>One address to listen on.</summary>
/// <param name="Address">Null stands for every address of the machine.</param>
/// <param name="Port">0 lets the system choose; the bound port is then printed and written to LISTEN_ADDRESS_FILE.</param>
public sealed record ListenAddress(bool Tls, IPAddress? Address, int Port)
{
    public bool IsLoopback => Address is not null && IPAddress.IsLoopback(Address);

    /// <summary>Accepts http and https with an IP address, localhost, or * for every address; null when <paramref name="text"/> is anything else.</summary>
    public static ListenAddress? Parse(string text)
    {
        // A star is not a host in a URI, so it is replaced while the rest is checked.
        var any = text.Contains("://*", StringComparison.Ordinal) || text.Contains("://+", StringComparison.Ordinal);
        var candidate = any ? text.Replace("://*", "://0.0.0.0", StringComparison.Ordinal).Replace("://+", "://0.0.0.0", StringComparison.Ordinal) : text;
        if (!Uri.TryCreate(candidate, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https") || uri.PathAndQuery != "/" || uri.UserInfo.Length > 0)
            return null;
        if (any)
            return new ListenAddress(uri.Scheme == "https", null, uri.Port);
        if (uri.Host == "localhost")
            return new ListenAddress(uri.Scheme == "https", IPAddress.Loopback, uri.Port);
        return IPAddress.TryParse(uri.Host.Trim('[', ']'), out var address)
            ? new ListenAddress(uri.Scheme == "https", address, uri.Port)
            : null;
    }
}
