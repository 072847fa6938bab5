namespace WasmWizard.Delivery.SupplyChain.Debian;

/// <summary>What a base of an image is made of, before versions.</summary>
/// <param name="Name">For files and messages.</param>
/// <param name="Wanted">Packages that are asked for; what they depend on comes along.</param>
/// <param name="LeftOut">
/// Packages that others depend on only for scripts that never run here: nothing is configured, asked or updated inside an image, and without
/// a shell nothing could be. What stays behind would only have to be patched.
/// </param>
public sealed record BaseRecipe(string Name, IReadOnlyList<string> Wanted, IReadOnlyList<string> LeftOut)
{
    /// <summary>Grows whenever the same packages would be laid out differently: a base that was kept is then made again.</summary>
    public const int Edition = 2;

    /// <summary>The release's PostgreSQL; a dump is restored by the same major as it was made by.</summary>
    public const int PostgresMajor = 17;

    /// <summary>
    /// Under the service: the C and C++ runtimes, OpenSSL (which the runtime loads by name, so that no linker reports it as missing), authorities and
    /// time zones. Without ICU, because the service is built for the invariant culture.
    /// </summary>
    public static BaseRecipe Service { get; } = new(
        "service",
        ["base-files", "ca-certificates", "libc6", "libgcc-s1", "libssl3t64", "libstdc++6", "tzdata"],
        ["awk", "debconf", "openssl"]);

    /// <summary>
    /// Under the jobs that back up and prove: PostgreSQL's client and a scratch server, whose <c>initdb</c> starts it through a shell and wants a UTF-8 locale. The server's
    /// compiler of expressions (LLVM, 100 MiB) is switched off in a scratch server, and clusters are not managed in an image.
    /// </summary>
    public static BaseRecipe Operations { get; } = new(
        "operations",
        [.. Service.Wanted, "coreutils", "dash", "libc-bin", $"postgresql-{PostgresMajor}", $"postgresql-client-{PostgresMajor}"],
        [
            .. Service.LeftOut, "debianutils", "libllvm19", "libpam-modules", "libpam-runtime", "locales", "perl", "perl-base", "postgresql-client-common", "postgresql-common",
            "sensible-utils", "ssl-cert",
        ]);
}
