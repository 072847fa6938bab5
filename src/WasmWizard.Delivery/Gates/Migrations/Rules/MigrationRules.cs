namespace WasmWizard.Delivery.Gates.Migrations.Rules;

/// <summary>
/// Every rule. They cover what the linters squawk (PostgreSQL) and strong_migrations (Rails on PostgreSQL) document, as far as it applies to
/// a runner that wraps each migration in a transaction with a lock_timeout; the decision about this gate lists what was left out and why.
/// </summary>
public static class MigrationRules
{
    public static IReadOnlyList<MigrationRule> All { get; } =
        [.. ContractionRules.All, .. ColumnRules.All, .. ConstraintRules.All, .. IndexRules.All, .. TypeRules.All, .. TransactionRules.All];
}
