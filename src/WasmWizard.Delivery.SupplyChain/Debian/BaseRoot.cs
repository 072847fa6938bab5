using System.Text;

namespace WasmWizard.Delivery.SupplyChain.Debian;

/// <summary>The root folder of a base after its packages were unpacked: what their scripts would have made is made here, and what nothing in the image reads goes.</summary>
public static class BaseRoot
{
    /// <summary>The user that images run as, by the number that the field uses for "nobody in particular".</summary>
    public const int User = 65532;

    private const string Bundle = "etc/ssl/certs/ca-certificates.crt";

    /// <summary>Folders that nothing in an image reads: documents, translations, build files, and converters between character sets.</summary>
    private static readonly string[] Unread =
    [
        "boot", "home", "media", "mnt", "opt", "srv", "usr/games", "usr/include", "usr/local", "usr/share/base-files", "usr/share/bash-completion", "usr/share/bug",
        "usr/share/ca-certificates", "usr/share/debianutils", "usr/share/dict", "usr/share/doc-base", "usr/share/gcc", "usr/share/gdb", "usr/share/info", "usr/share/lintian",
        "usr/share/locale", "usr/share/man", "usr/share/menu", "usr/share/misc", "usr/share/pixmaps", "usr/src", "var/backups", "var/local", "var/mail", "var/opt", "var/spool",
    ];

    private static readonly string[] Links = ["bin", "lib", "lib64", "sbin"];

    private static readonly string[] Recorded =
        ["Package", "Source", "Version", "Architecture", "Maintainer", "Section", "Priority", "Homepage", "Pre-Depends", "Depends", "SHA256"];

    /// <exception cref="CorruptDataException">The packages brought no authorities or do not say which release they are of.</exception>
    public static void Finish(string root, IReadOnlyList<IndexedPackage> packages)
    {
        if (!File.Exists(Path.Combine(root, "usr", "lib", "os-release")))
            throw new CorruptDataException("the base does not say which release it is of: usr/lib/os-release is missing", "./build.sh Image");
        WriteAuthorities(root);
        Trim(root);
        foreach (var link in Links.Where(link => Directory.Exists(Path.Combine(root, "usr", link))))
            Relink(Path.Combine(root, link), $"usr/{link}");
        foreach (var folder in new[] { "data", "dev", "proc", "run", "sys", "tmp", "var/tmp" })
            Directory.CreateDirectory(Path.Combine(root, folder));
        Write(root, "etc/passwd", $"root:x:0:0:root:/root:/usr/sbin/nologin\nwasm-wizard:x:{User}:{User}:wasm-wizard:/data:/usr/sbin/nologin\n");
        Write(root, "etc/group", $"root:x:0:\nwasm-wizard:x:{User}:\n");
        Write(root, "etc/nsswitch.conf", "passwd: files\ngroup: files\nhosts: files dns\n");
        foreach (var package in packages)
            Write(root, $"var/lib/dpkg/status.d/{package.Record.Package}", Record(package));
    }

    /// <summary>One file of all authorities, in the order of their names, where OpenSSL and others look for it.</summary>
    private static void WriteAuthorities(string root)
    {
        var folder = Path.Combine(root, "usr", "share", "ca-certificates");
        string[] authorities = Directory.Exists(folder) ? [.. Directory.GetFiles(folder, "*.crt", SearchOption.AllDirectories).Order(StringComparer.Ordinal)] : [];
        if (authorities.Length == 0)
            throw new CorruptDataException("the base has no certificate of any authority", "./build.sh Image");
        Write(root, Bundle, string.Concat(authorities.Select(file => File.ReadAllText(file).TrimEnd() + "\n")));
        Relink(Path.Combine(root, "usr", "lib", "ssl", "cert.pem"), $"/{Bundle}");
        Relink(Path.Combine(root, "usr", "lib", "ssl", "certs"), "/etc/ssl/certs");
    }

    private static void Trim(string root)
    {
        foreach (var unread in Unread.Select(folder => Path.Combine(root, folder)).Concat(Converters(root)).Where(Directory.Exists))
            Directory.Delete(unread, recursive: true);
        var documents = Path.Combine(root, "usr", "share", "doc");
        foreach (var file in Directory.Exists(documents) ? Directory.GetFiles(documents, "*", SearchOption.AllDirectories) : [])
            if (Path.GetFileName(file) != "copyright" && new FileInfo(file).LinkTarget is null)
                File.Delete(file);
    }

    private static IEnumerable<string> Converters(string root) => Directory.GetDirectories(Path.Combine(root, "usr", "lib"), "*-linux-gnu*").Select(folder => Path.Combine(folder, "gconv"));

    private static string Record(IndexedPackage package)
    {
        var record = new StringBuilder();
        foreach (var field in Recorded)
            if (package.Fields.GetValueOrDefault(field) is { Length: > 0 } value)
                record.Append(field).Append(": ").Append(value.Replace("\n", "\n ", StringComparison.Ordinal)).Append('\n');
        return record.ToString();
    }

    private static void Write(string root, string relative, string text)
    {
        var path = Path.Combine(root, relative);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.Delete(path);
        File.WriteAllText(path, text);
    }

    private static void Relink(string link, string target)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(link)!);
        File.Delete(link);
        File.CreateSymbolicLink(link, target);
    }
}
