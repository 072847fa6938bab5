using WasmWizard.Delivery.Ports;
using WasmWizard.Delivery.Releases;

namespace WasmWizard.Delivery.Migrations;

/// <summary>
/// A migration that contracts removes what older code still uses. It may run only when every release that can come back no longer needs it: such a
/// release brings every migration that is numbered before, so it was written for the schema without the thing. The same
/// rule read backwards tells which releases a rollback may choose once it ran.
/// </summary>
public static class ContractRule
{
    /// <summary>Why the release may not be deployed now; empty when it may.</summary>
    /// <param name="wanted">The release to deploy.</param>
    /// <param name="pending">Its migrations that the database does not have.</param>
    /// <param name="contracting">Names of migrations that contract.</param>
    /// <param name="canComeBack">The release that serves, and with it what an automatic rollback would choose; null when none does.</param>
    public static IReadOnlyList<Fault> Blocking(Release wanted, IReadOnlyCollection<string> pending, IReadOnlyCollection<string> contracting, Release? canComeBack) =>
        canComeBack is null || canComeBack.Id == wanted.Id
            ? []
            : [.. Ordered(pending, contracting).Where(migration => !Tolerates(canComeBack, migration, wanted)).Select(migration => new Fault(
                "WW3120",
                $"migration {migration} contracts, and release {canComeBack.Id} ({canComeBack.Version}) can still come back without {Missing(canComeBack, migration, wanted)}",
                "the release that serves already brings every migration before the one that contracts",
                "deploy a release without it first; deploy it again when that one is healthy"))];

    /// <summary>Why code of an earlier release may not run over the schema; empty when it may.</summary>
    /// <param name="back">The release to go back to.</param>
    /// <param name="newest">The release whose migrations were applied.</param>
    /// <param name="applied">Migrations that the database has.</param>
    /// <param name="contracting">Names of migrations that contract.</param>
    public static IReadOnlyList<Fault> Unsafe(Release back, Release newest, IReadOnlyCollection<string> applied, IReadOnlyCollection<string> contracting) =>
        [.. Ordered(applied, contracting).Where(migration => !Tolerates(back, migration, newest)).Select(migration => new Fault(
            "WW3121",
            $"migration {migration} removed what release {back.Id} ({back.Version}) still uses: it lacks {Missing(back, migration, newest)}",
            "a release that brings every migration before the one that contracted",
            "choose a later release with --to, or deploy a fix forward"))];

    private static IEnumerable<string> Ordered(IReadOnlyCollection<string> migrations, IReadOnlyCollection<string> contracting) =>
        migrations.Where(contracting.Contains).Order(StringComparer.Ordinal);

    private static bool Tolerates(Release release, string migration, Release complete) =>
        release.Migrations.Contains(migration) || !Lacking(release, migration, complete).Any();

    private static string Missing(Release release, string migration, Release complete) => string.Join(", ", Lacking(release, migration, complete));

    private static IEnumerable<string> Lacking(Release release, string migration, Release complete) =>
        complete.Migrations.TakeWhile(other => other != migration).Except(release.Migrations);
}
