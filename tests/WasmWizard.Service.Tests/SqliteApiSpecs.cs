namespace WasmWizard.Service.Tests;

/// <summary>The contract on the embedded default: SQLite, limits in the process.</summary>
public sealed class SqliteApiSpecs
{
    private readonly OnSqlite _cases = new();

    [Fact]
    public Task A_module_is_stored_once_listed_run_by_id_and_deleted() => _cases.A_module_is_stored_once_listed_run_by_id_and_deleted();

    [Fact]
    public Task Pages_hold_ones_own_newest_first_and_public_ones_when_asked_for() => _cases.Pages_hold_ones_own_newest_first_and_public_ones_when_asked_for();

    [Fact]
    public Task What_is_no_module_is_not_stored() => _cases.What_is_no_module_is_not_stored();

    [Fact]
    public Task Keys_are_made_up_to_ones_own_tier_shown_once_and_revoked_at_once() => _cases.Keys_are_made_up_to_ones_own_tier_shown_once_and_revoked_at_once();

    [Fact]
    public Task A_key_that_does_not_hold_is_refused_for_its_own_reason() => _cases.A_key_that_does_not_hold_is_refused_for_its_own_reason(authRequired: true);

    [Fact]
    public Task A_key_that_does_not_hold_is_refused_for_its_own_reason_also_where_none_is_needed() => _cases.A_key_that_does_not_hold_is_refused_for_its_own_reason(authRequired: false);

    [Fact]
    public Task Usage_counts_ones_own_and_admins_see_everybodys() => _cases.Usage_counts_ones_own_and_admins_see_everybodys();

    [Fact]
    public Task Admins_manage_users_keys_tiers_and_freeze_executions() => _cases.Admins_manage_users_keys_tiers_and_freeze_executions();

    [Fact]
    public Task The_pages_session_signs_in_with_a_key_and_is_not_forged() => _cases.The_pages_session_signs_in_with_a_key_and_is_not_forged();

    private sealed class OnSqlite : ApiCases
    {
        protected override Task<RunningService> StartAsync(params (string Name, string Value)[] variables) => RunningService.StartAsync(variables);
    }
}
