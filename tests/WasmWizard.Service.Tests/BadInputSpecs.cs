using System.Reflection;

namespace WasmWizard.Service.Tests;

/// <summary>Where each kind of bad input that the service has to stand is tested.</summary>
public class BadInputSpecs
{
    public static TheoryData<string, string> Lines => new()
    {
        { "not wasm, wrong version, components, missing _start, imports beyond WASI", "ModuleRefusalSpecs.What_is_no_module_for_this_service_is_refused_with_its_id" },
        { "10 MiB + 1", "FormSpecs.Ten_mebibytes_and_a_byte_are_too_many_by_default" },
        { "infinite loop", "HostileGuestSpecs.It_is_ended_with_its_reason_and_the_next_one_is_served" },
        { "sleeping guest", "HostileGuestSpecs.The_slot_of_a_sleeping_guest_is_free_within_a_second_of_its_limit" },
        { "recursion bomb", "HostileGuestSpecs.It_is_ended_with_its_reason_and_the_next_one_is_served" },
        { "memory growth", "MemorySpecs.After_hostile_guests_memory_threads_and_descriptors_are_back_at_their_level" },
        { "table growth", "HostileGuestSpecs.A_table_grows_to_its_limit_and_no_further" },
        { "fuel exhaustion", "HostileGuestSpecs.Running_out_of_fuel_is_told_as_fuel" },
        { "gigabytes to stdout", "HostileGuestSpecs.Flooding_keeps_what_was_within_the_limit" },
        { "reading stdin for ever", "HostileGuestSpecs.It_is_ended_with_its_reason_and_the_next_one_is_served" },
        { "invalid UTF-8", "ExecuteSpecs.Output_that_is_not_utf8_comes_as_base64" },
        { "exit codes", "ExecuteSpecs.Another_exit_code_is_told_with_422" },
        { "traps", "HostileGuestSpecs.It_is_ended_with_its_reason_and_the_next_one_is_served" },
        { "1,000 slow clients", "CrowdSpecs.A_thousand_clients_that_never_finish_cost_no_slot_and_others_are_served" },
        { "half-sent bodies", "FormSpecs.Half_a_body_and_a_closed_connection_harm_nobody" },
        { "half-sent input", "CrowdSpecs.The_input_of_a_stored_module_that_breaks_off_is_no_fault_of_the_service" },
        { "thousands of different modules", "CrowdSpecs.Of_thousands_of_different_modules_a_bounded_number_is_kept" },
        { "expired and malformed keys", "SqliteApiSpecs.A_key_that_does_not_hold_is_refused_for_its_own_reason" },
        { "expired and malformed keys, PostgreSQL", "PostgresApiSpecs.A_key_that_does_not_hold_is_refused_for_its_own_reason" },
        { "revoked and foreign keys, a tier above the caller's", "SqliteApiSpecs.Keys_are_made_up_to_ones_own_tier_shown_once_and_revoked_at_once" },
        { "revoked and foreign keys, a tier above the caller's, PostgreSQL", "PostgresApiSpecs.Keys_are_made_up_to_ones_own_tier_shown_once_and_revoked_at_once" },
        { "SQL in names", "SqliteApiSpecs.A_module_is_stored_once_listed_run_by_id_and_deleted" },
        { "SQL in names, PostgreSQL", "PostgresApiSpecs.A_module_is_stored_once_listed_run_by_id_and_deleted" },
        { "Redis dying and coming back", "RedisSpecs.While_Redis_is_away_executions_are_refused_or_counted_here_and_it_is_found_again" },
        { "PostgreSQL dying and coming back", "RedisSpecs.While_PostgreSQL_is_away_requests_are_answered_503_and_it_is_found_again" },
        { "a key revoked by somebody else meanwhile", "FreshReadsSpecs.What_another_process_changes_is_seen_by_the_next_request" },
        { "many clients of several processes", "SharedLimitSpecs.Eight_clients_of_each_of_three_processes_get_exactly_the_limit_in_any_window_and_a_slow_one_is_never_refused" },
    };

    [Theory]
    [MemberData(nameof(Lines))]
    public void It_has_a_test(string line, string test)
    {
        var (type, method) = (test.Split('.')[0], test.Split('.')[1]);
        var found = GetType().Assembly.GetType($"{GetType().Namespace}.{type}")?.GetMethod(method);
        Assert.True(found?.GetCustomAttribute<FactAttribute>(inherit: true) is not null, $"{line}: {test} is no test.");
    }
}
