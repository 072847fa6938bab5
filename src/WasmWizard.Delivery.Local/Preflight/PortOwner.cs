using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace WasmWizard.Delivery.Local.Preflight;

/// <summary>Whether an address can be listened on, and who stands in the way.</summary>
internal static class PortOwner
{
    private const string Listening = "0A";

    private static readonly string[] Tables = ["/proc/net/tcp", "/proc/net/tcp6"];

    /// <summary>Null when the address is free; else who has it, as far as this user may see.</summary>
    public static string? Of(Uri address)
    {
        var endPoint = new IPEndPoint(IPAddress.Parse(address.Host.Trim('[', ']')), address.Port);
        // Not exclusively: connections of a front that has just ended may linger, and do not stand in the way of the next one.
        using var listener = new TcpListener(endPoint);
        try
        {
            listener.Start();
            return null;
        }
        catch (SocketException taken) when (taken.SocketErrorCode is SocketError.AddressAlreadyInUse)
        {
            return Name(endPoint.Port) ?? "another process, which this user may not see";
        }
        catch (SocketException impossible)
        {
            return $"nobody, but it cannot be listened on: {impossible.Message}";
        }
    }

    private static string? Name(int port)
    {
        if (!OperatingSystem.IsLinux())
            return null;
        var sockets = Tables.Where(File.Exists)
            .SelectMany(table => File.ReadLines(table).Skip(1))
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Where(fields => fields[3] == Listening && fields[1].EndsWith($":{port.ToString("X4", CultureInfo.InvariantCulture)}", StringComparison.Ordinal))
            .Select(fields => $"socket:[{fields[9]}]")
            .ToHashSet();
        var owner = Directory.EnumerateDirectories("/proc")
            .Where(folder => int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out _))
            .FirstOrDefault(folder => Descriptors(folder).Any(sockets.Contains));
        return owner is null ? null : $"{CommandOf(owner)} (pid {Path.GetFileName(owner)})";
    }

    private static IEnumerable<string> Descriptors(string process)
    {
        string[] links;
        try
        {
            links = Directory.GetFileSystemEntries(Path.Combine(process, "fd"));
        }
        catch (Exception foreign) when (foreign is UnauthorizedAccessException or IOException)
        {
            yield break;
        }

        foreach (var link in links)
        {
            if (Target(link) is { } target)
                yield return target;
        }
    }

    private static string? Target(string link)
    {
        try
        {
            return new FileInfo(link).LinkTarget;
        }
        catch (Exception gone) when (gone is UnauthorizedAccessException or IOException)
        {
            return null;
        }
    }

    private static string CommandOf(string process)
    {
        try
        {
            return File.ReadAllText(Path.Combine(process, "comm")).Trim();
        }
        catch (IOException)
        {
            return "a process that has just ended";
        }
    }
}
