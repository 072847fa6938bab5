using WasmWizard.Delivery.Compose.Engine;

namespace WasmWizard.Delivery.Compose.Tests.Fixtures;

/// <summary>The images of a staging environment, made of what is installed here, with the entry points that the public ones have.</summary>
internal static class TestImages
{
    public static IReadOnlyDictionary<string, string> Names { get; } = new Dictionary<string, string>
    {
        ["postgres"] = "test-postgres:1",
        ["redis"] = "test-redis:1",
        ["prometheus"] = "test-prometheus:1",
        ["proxy"] = "test-haproxy:1",
    };

    public const string Service = "test-service:1";

    private const UnixFileMode Everyone = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
        | UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute | UnixFileMode.StickyBit;

    private const string PostgresEntry = """
        #!/bin/sh
        set -e
        if [ ! -s "$PGDATA/PG_VERSION" ]; then
          initdb -D "$PGDATA" -U "$POSTGRES_USER" --pwfile="$POSTGRES_PASSWORD_FILE" -A scram-sha-256 -E UTF8 --locale=C --no-sync
          echo "host all all all scram-sha-256" >> "$PGDATA/pg_hba.conf"
          echo "CREATE DATABASE \"$POSTGRES_DB\"" | postgres --single -D "$PGDATA" postgres
        fi
        exec postgres -D "$PGDATA" -c listen_addresses='*' -c unix_socket_directories=/tmp -c fsync=off -c max_connections=200
        """;

    /// <summary>Null when every program is installed.</summary>
    public static string? Absent() => new (string Name, string? Path)[]
    {
        ("dockerd", Find("dockerd")), ("containerd", Find("containerd")), ("runc", Find("runc")), ("postgres", Postgres is null ? null : "there"), ("redis-server", Find("redis-server")),
        ("prometheus", Find("prometheus")), ("haproxy", Find("haproxy")),
    }.FirstOrDefault(program => program.Path is null).Name is { } absent ? $"{absent} is not installed" : null;

    public static async Task BuildAsync(EngineClient engine, string folder)
    {
        var postgres = Postgres!;
        await Plain()
            .Tree(postgres, postgres)
            .Tree(postgres.Replace("/usr/lib/", "/usr/share/", StringComparison.Ordinal).Replace("/bin", "", StringComparison.Ordinal), postgres.Replace("/usr/lib/", "/usr/share/", StringComparison.Ordinal).Replace("/bin", "", StringComparison.Ordinal))
            .Tree(Path.Combine(postgres, "../lib"), Path.GetFullPath(Path.Combine(postgres, "../lib")), file => file.EndsWith(".so", StringComparison.Ordinal) && !file.Contains("llvm", StringComparison.Ordinal))
            .Tree("/usr/share/zoneinfo", "/usr/share/zoneinfo", file => file is "UTC" or "Etc/UTC")
            .Libraries(Path.Combine(postgres, "postgres")).Libraries(Path.Combine(postgres, "initdb"))
            .Program("/bin/sh")
            .Text("/entry.sh", PostgresEntry, executable: true)
            .Folder("/var/lib/postgresql/data", 999)
            .Change("USER 999").Change($"ENV PATH={postgres}:/bin").Change("ENTRYPOINT [\"/bin/sh\", \"/entry.sh\"]")
            .ImportAsync(engine, Names["postgres"], folder);
        await Plain().Program(Find("redis-server")!, "/usr/bin/redis-server").Change("USER 999").Change("ENV PATH=/usr/bin").ImportAsync(engine, Names["redis"], folder);
        await Plain().Program(Find("prometheus")!, "/bin/prometheus").Folder("/prometheus", 65534).Folder("/etc/prometheus", 0, Everyone)
            .Change("USER 65534").Change("ENTRYPOINT [\"/bin/prometheus\"]").ImportAsync(engine, Names["prometheus"], folder);
        await Plain().Program(Find("haproxy")!, "/usr/local/sbin/haproxy").Folder("/usr/local/etc/haproxy", 0, Everyone).Change("USER 99").Change("ENV PATH=/usr/local/sbin")
            .ImportAsync(engine, Names["proxy"], folder);
        await ServiceImage().ImportAsync(engine, Service, folder);
    }

    private static ScratchImage ServiceImage()
    {
        var dotnet = Paths.DotnetRoot;
        var version = Environment.Version.ToString();
        var image = Plain()
            .Program(Path.Combine(dotnet, "dotnet"))
            .Tree(Path.Combine(dotnet, "host"), Path.Combine(dotnet, "host"))
            .Tree(Path.Combine(dotnet, "shared"), Path.Combine(dotnet, "shared"), file => file.Contains($"/{version}/", StringComparison.Ordinal) && !file.EndsWith(".xml", StringComparison.Ordinal))
            .Tree(Paths.Service, "/app", file => !file.StartsWith("runtimes/win", StringComparison.Ordinal) && !file.StartsWith("runtimes/osx", StringComparison.Ordinal))
            .Libraries(Path.Combine(dotnet, $"shared/Microsoft.NETCore.App/{version}/libcoreclr.so"))
            .Libraries(Path.Combine(dotnet, $"shared/Microsoft.NETCore.App/{version}/libSystem.Native.so"));
        foreach (var native in Directory.GetFiles(Path.Combine(Paths.Service, "runtimes/linux-x64/native"), "*.so"))
            image.Libraries(native);
        foreach (var library in new[] { "libssl.so.3", "libcrypto.so.3", "libgcc_s.so.1", "libm.so.6" })
            image.Program($"/usr/lib/x86_64-linux-gnu/{library}");
        return image
            .Folder("/data", 65532).Change("ENV DOTNET_TieredPGO=0").Change("USER 65532").Change("WORKDIR /app")
            .Change($"ENTRYPOINT [\"{Path.Combine(dotnet, "dotnet")}\", \"/app/WasmWizard.Service.dll\"]");
    }

    private static string? Postgres => Directory.Exists("/usr/lib/postgresql")
        ? Directory.GetDirectories("/usr/lib/postgresql").Select(version => Path.Combine(version, "bin")).LastOrDefault(bin => File.Exists(Path.Combine(bin, "initdb")))
        : null;

    private static ScratchImage Plain() => new ScratchImage()
        .Folder("/tmp", 0, Everyone).Folder("/run", 0, Everyone)
        .Text("/etc/passwd", "root:x:0:0::/:/none\nservice:x:999:999::/:/none\nhaproxy:x:99:99::/:/none\nnobody:x:65534:65534::/:/none\nwizard:x:65532:65532::/data:/none\n")
        .Text("/etc/group", "root:x:0:\nservice:x:999:\nhaproxy:x:99:\nnobody:x:65534:\nwizard:x:65532:\n")
        .Text("/etc/nsswitch.conf", "passwd: files\ngroup: files\nhosts: files dns\n");

    private static string? Find(string program) => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .Concat(["/usr/sbin", "/usr/bin", "/sbin"]).Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists);
}
