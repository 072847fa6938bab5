using WasmWizard.Service.Executions;

namespace WasmWizard.Service.Tests;

/// <summary>Each import answers as WASI preview 1 says; a wrong pointer is an error of the guest's, not of the host's.</summary>
public class WasiSpecs
{
    private const string I2 = "(param i32 i32)";
    private const string I3 = "(param i32 i32 i32)";
    private const string I4 = "(param i32 i32 i32 i32)";

    /// <summary>function, signature, arguments, what to do before, errno</summary>
    public static TheoryData<string, string, string, string, int> Calls => new()
    {
        { "args_sizes_get", I2, "(i32.const 0) (i32.const 4)", "", 0 },
        { "args_sizes_get", I2, "(i32.const 65533) (i32.const 4)", "", 21 },
        { "args_get", I2, "(i32.const 0) (i32.const 4)", "", 0 },
        { "args_get", I2, "(i32.const 0) (i32.const 65530)", "", 21 },
        { "environ_sizes_get", I2, "(i32.const 0) (i32.const 4)", "", 0 },
        { "environ_sizes_get", I2, "(i32.const 0) (i32.const -1)", "", 21 },
        { "environ_get", I2, "(i32.const 0) (i32.const 4)", "", 0 },
        { "clock_res_get", I2, "(i32.const 0) (i32.const 0)", "", 0 },
        { "clock_res_get", I2, "(i32.const 3) (i32.const 0)", "", 0 },
        { "clock_res_get", I2, "(i32.const 4) (i32.const 0)", "", 28 },
        { "clock_res_get", I2, "(i32.const 1) (i32.const 65529)", "", 21 },
        { "clock_time_get", "(param i32 i64 i32)", "(i32.const 0) (i64.const 1) (i32.const 0)", "", 0 },
        { "clock_time_get", "(param i32 i64 i32)", "(i32.const 1) (i64.const 1) (i32.const 0)", "", 0 },
        { "clock_time_get", "(param i32 i64 i32)", "(i32.const 2) (i64.const 1) (i32.const 0)", "", 0 },
        { "clock_time_get", "(param i32 i64 i32)", "(i32.const 9) (i64.const 1) (i32.const 0)", "", 28 },
        { "clock_time_get", "(param i32 i64 i32)", "(i32.const 0) (i64.const 1) (i32.const -8)", "", 21 },
        { "random_get", I2, "(i32.const 0) (i32.const 65536)", "", 0 },
        { "random_get", I2, "(i32.const 1) (i32.const 65536)", "", 21 },
        { "random_get", I2, "(i32.const -1) (i32.const -1)", "", 21 },
        { "proc_raise", "(param i32)", "(i32.const 9)", "", 52 },
        { "sched_yield", "", "", "", 0 },
        { "fd_read", I4, "(i32.const 0) (i32.const 0) (i32.const 1) (i32.const 64)", "", 0 },
        { "fd_read", I4, "(i32.const 1) (i32.const 0) (i32.const 1) (i32.const 64)", "", 76 },
        { "fd_read", I4, "(i32.const 3) (i32.const 0) (i32.const 1) (i32.const 64)", "", 8 },
        { "fd_read", I4, "(i32.const -1) (i32.const 0) (i32.const 1) (i32.const 64)", "", 8 },
        { "fd_read", I4, "(i32.const 0) (i32.const 65530) (i32.const 1) (i32.const 64)", "", 21 },
        { "fd_read", I4, "(i32.const 0) (i32.const -8) (i32.const 3) (i32.const 64)", "", 21 },
        { "fd_read", I4, "(i32.const 0) (i32.const 0) (i32.const 1) (i32.const 65533)", "", 21 },
        { "fd_read", I4, "(i32.const 0) (i32.const 0) (i32.const 1025) (i32.const 64)", "", 28 },
        { "fd_read", I4, "(i32.const 0) (i32.const 0) (i32.const -1) (i32.const 64)", "", 28 },
        { "fd_read", I4, "(i32.const 0) (i32.const 0) (i32.const 1) (i32.const 64)", "(i32.store (i32.const 4) (i32.const -1))", 21 },
        { "fd_write", I4, "(i32.const 1) (i32.const 0) (i32.const 1) (i32.const 64)", "", 0 },
        { "fd_write", I4, "(i32.const 2) (i32.const 0) (i32.const 0) (i32.const 64)", "", 0 },
        { "fd_write", I4, "(i32.const 0) (i32.const 0) (i32.const 1) (i32.const 64)", "", 76 },
        { "fd_write", I4, "(i32.const 7) (i32.const 0) (i32.const 1) (i32.const 64)", "", 8 },
        { "fd_write", I4, "(i32.const 1) (i32.const 65532) (i32.const 1) (i32.const 64)", "", 21 },
        { "fd_write", I4, "(i32.const 1) (i32.const 0) (i32.const 1) (i32.const -4)", "", 21 },
        { "fd_fdstat_get", I2, "(i32.const 0) (i32.const 0)", "", 0 },
        { "fd_fdstat_get", I2, "(i32.const 1) (i32.const 65513)", "", 21 },
        { "fd_fdstat_get", I2, "(i32.const 3) (i32.const 0)", "", 8 },
        { "fd_filestat_get", I2, "(i32.const 2) (i32.const 0)", "", 0 },
        { "fd_filestat_get", I2, "(i32.const 2) (i32.const 65500)", "", 21 },
        { "fd_filestat_get", I2, "(i32.const 9) (i32.const 0)", "", 8 },
        { "fd_fdstat_set_flags", I2, "(i32.const 0) (i32.const 4)", "", 0 },
        { "fd_fdstat_set_flags", I2, "(i32.const 4) (i32.const 4)", "", 8 },
        { "fd_close", "(param i32)", "(i32.const 2)", "", 0 },
        { "fd_close", "(param i32)", "(i32.const 2)", "(drop (call $call (i32.const 2)))", 8 },
        { "fd_renumber", I2, "(i32.const 1) (i32.const 2)", "", 0 },
        { "fd_renumber", I2, "(i32.const 1) (i32.const 1)", "", 0 },
        { "fd_renumber", I2, "(i32.const 1) (i32.const 3)", "", 8 },
        { "fd_renumber", I2, "(i32.const 1) (i32.const 2)", "(drop (call $call (i32.const 1) (i32.const 2)))", 8 },
        { "fd_sync", "(param i32)", "(i32.const 1)", "", 28 },
        { "fd_datasync", "(param i32)", "(i32.const 5)", "", 8 },
        { "fd_prestat_get", I2, "(i32.const 3) (i32.const 0)", "", 8 },
        { "fd_prestat_dir_name", I3, "(i32.const 3) (i32.const 0) (i32.const 1)", "", 8 },
        { "fd_seek", "(param i32 i64 i32 i32)", "(i32.const 1) (i64.const 0) (i32.const 0) (i32.const 0)", "", 70 },
        { "fd_tell", I2, "(i32.const 1) (i32.const 0)", "", 70 },
        { "fd_pread", "(param i32 i32 i32 i64 i32)", "(i32.const 0) (i32.const 0) (i32.const 1) (i64.const 0) (i32.const 0)", "", 70 },
        { "fd_pwrite", "(param i32 i32 i32 i64 i32)", "(i32.const 3) (i32.const 0) (i32.const 1) (i64.const 0) (i32.const 0)", "", 8 },
        { "fd_advise", "(param i32 i64 i64 i32)", "(i32.const 0) (i64.const 0) (i64.const 0) (i32.const 0)", "", 70 },
        { "fd_allocate", "(param i32 i64 i64)", "(i32.const 1) (i64.const 0) (i64.const 0)", "", 58 },
        { "fd_fdstat_set_rights", "(param i32 i64 i64)", "(i32.const 1) (i64.const 0) (i64.const 0)", "", 58 },
        { "fd_filestat_set_size", "(param i32 i64)", "(i32.const 1) (i64.const 0)", "", 28 },
        { "fd_filestat_set_times", "(param i32 i64 i64 i32)", "(i32.const 1) (i64.const 0) (i64.const 0) (i32.const 0)", "", 58 },
        { "fd_readdir", "(param i32 i32 i32 i64 i32)", "(i32.const 0) (i32.const 0) (i32.const 1) (i64.const 0) (i32.const 0)", "", 54 },
        { "path_create_directory", I3, "(i32.const 0) (i32.const 0) (i32.const 1)", "", 76 },
        { "path_remove_directory", I3, "(i32.const 3) (i32.const 0) (i32.const 1)", "", 8 },
        { "path_unlink_file", I3, "(i32.const 3) (i32.const 0) (i32.const 1)", "", 8 },
        { "path_filestat_get", "(param i32 i32 i32 i32 i32)", "(i32.const 3) (i32.const 0) (i32.const 0) (i32.const 1) (i32.const 0)", "", 8 },
        { "path_symlink", "(param i32 i32 i32 i32 i32)", "(i32.const 0) (i32.const 1) (i32.const 3) (i32.const 0) (i32.const 1)", "", 8 },
        { "path_readlink", "(param i32 i32 i32 i32 i32 i32)", "(i32.const 3) (i32.const 0) (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 0)", "", 8 },
        { "path_rename", "(param i32 i32 i32 i32 i32 i32)", "(i32.const 3) (i32.const 0) (i32.const 1) (i32.const 3) (i32.const 0) (i32.const 1)", "", 8 },
        { "path_link", "(param i32 i32 i32 i32 i32 i32 i32)", "(i32.const 3) (i32.const 0) (i32.const 0) (i32.const 1) (i32.const 3) (i32.const 0) (i32.const 1)", "", 8 },
        { "path_open", "(param i32 i32 i32 i32 i32 i64 i64 i32 i32)", "(i32.const 3) (i32.const 0) (i32.const 0) (i32.const 1) (i32.const 0) (i64.const 0) (i64.const 0) (i32.const 0) (i32.const 0)", "", 8 },
        { "path_filestat_set_times", "(param i32 i32 i32 i32 i64 i64 i32)", "(i32.const 1) (i32.const 0) (i32.const 0) (i32.const 1) (i64.const 0) (i64.const 0) (i32.const 0)", "", 76 },
        { "sock_accept", I3, "(i32.const 0) (i32.const 0) (i32.const 0)", "", 57 },
        { "sock_recv", "(param i32 i32 i32 i32 i32 i32)", "(i32.const 0) (i32.const 0) (i32.const 0) (i32.const 0) (i32.const 0) (i32.const 0)", "", 57 },
        { "sock_send", "(param i32 i32 i32 i32 i32)", "(i32.const 3) (i32.const 0) (i32.const 0) (i32.const 0) (i32.const 0)", "", 8 },
        { "sock_shutdown", I2, "(i32.const 1) (i32.const 0)", "", 57 },
        { "poll_oneoff", I4, "(i32.const 0) (i32.const 64) (i32.const 0) (i32.const 128)", "", 28 },
        { "poll_oneoff", I4, "(i32.const 0) (i32.const 64) (i32.const 2000) (i32.const 128)", "", 28 },
        { "poll_oneoff", I4, "(i32.const 65500) (i32.const 64) (i32.const 1) (i32.const 128)", "", 21 },
        { "poll_oneoff", I4, "(i32.const 0) (i32.const 65520) (i32.const 1) (i32.const 128)", "", 21 },
        { "poll_oneoff", I4, "(i32.const 0) (i32.const 64) (i32.const 1) (i32.const 65534)", "", 21 },
        { "poll_oneoff", I4, "(i32.const 0) (i32.const 64) (i32.const 1) (i32.const 128)", "", 0 },
    };

    [Theory]
    [MemberData(nameof(Calls))]
    public async Task It_answers_with_this_error_number(string function, string signature, string arguments, string before, int errno)
    {
        await using var service = await RunningService.StartAsync();
        var answer = await service.ExecuteAsync(Guests.Errno(function, signature, arguments, before));
        Assert.True(answer["exitCode"] == $"{errno}", $"{function}: {answer.Text}");
    }

    [Fact]
    public void Every_function_of_the_specification_is_there_and_is_tested()
    {
        using var engine = new GuestEngine(slots: 1, maxMemoryBytes: 1 << 20, meterFuel: false);
        Assert.Equal(46, engine.Imports.Signatures.Count);
        var tested = Calls.Select(c => (string)c[0]).Append("proc_exit").Distinct().Order(StringComparer.Ordinal);
        Assert.Equal(engine.Imports.Signatures.Keys.Order(StringComparer.Ordinal), tested);
    }

    [Fact]
    public async Task Without_an_exported_memory_every_pointer_is_wrong()
    {
        await using var service = await RunningService.StartAsync();
        var answer = await service.ExecuteAsync("""
            (module
              (import "wasi_snapshot_preview1" "random_get" (func $call (param i32 i32) (result i32)))
              (import "wasi_snapshot_preview1" "proc_exit" (func $exit (param i32)))
              (func (export "_start") (call $exit (call $call (i32.const 0) (i32.const 1)))))
            """);
        Assert.Equal(("21", "0"), (answer["exitCode"], answer["memoryPeakBytes"]));
    }

    [Fact]
    public async Task The_program_is_called_module_and_has_no_environment()
    {
        await using var service = await RunningService.StartAsync();
        var answer = await service.ExecuteAsync("""
            (module
              (import "wasi_snapshot_preview1" "args_get" (func $args_get (param i32 i32) (result i32)))
              (import "wasi_snapshot_preview1" "environ_sizes_get" (func $sizes (param i32 i32) (result i32)))
              (import "wasi_snapshot_preview1" "fd_write" (func $fd_write (param i32 i32 i32 i32) (result i32)))
              (import "wasi_snapshot_preview1" "proc_exit" (func $exit (param i32)))
              (memory (export "memory") 1)
              (func (export "_start")
                (drop (call $args_get (i32.const 0) (i32.const 64)))
                (i32.store (i32.const 4) (i32.const 6))
                (drop (call $fd_write (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 16)))
                (i32.store (i32.const 32) (i32.const 77))
                (drop (call $sizes (i32.const 32) (i32.const 36)))
                (call $exit (i32.load (i32.const 32)))))
            """);
        Assert.Equal(("module", "0"), (answer["output"], answer["exitCode"]));
    }

    [Fact]
    public async Task Several_buffers_are_filled_and_written_in_order()
    {
        await using var service = await RunningService.StartAsync();
        var answer = await service.ExecuteAsync(Guests.Command("""
            (i32.store (i32.const 0) (i32.const 100)) (i32.store (i32.const 4) (i32.const 2))
            (i32.store (i32.const 8) (i32.const 200)) (i32.store (i32.const 12) (i32.const 3))
            (drop (call $fd_read (i32.const 0) (i32.const 0) (i32.const 2) (i32.const 64)))
            (i32.store (i32.const 0) (i32.const 200)) (i32.store (i32.const 4) (i32.const 3))
            (i32.store (i32.const 8) (i32.const 100)) (i32.store (i32.const 12) (i32.const 2))
            (drop (call $fd_write (i32.const 1) (i32.const 0) (i32.const 2) (i32.const 68)))
            (call $proc_exit (i32.add (i32.mul (i32.load (i32.const 64)) (i32.const 10)) (i32.load (i32.const 68))))
            """), "abcdef");
        Assert.Equal(("cdeab", "55"), (answer["output"], answer["exitCode"]));
    }

    [Fact]
    public async Task A_renumbered_descriptor_writes_where_the_old_one_did()
    {
        await using var service = await RunningService.StartAsync();
        var answer = await service.ExecuteAsync("""
            (module
              (import "wasi_snapshot_preview1" "fd_renumber" (func $renumber (param i32 i32) (result i32)))
              (import "wasi_snapshot_preview1" "fd_write" (func $fd_write (param i32 i32 i32 i32) (result i32)))
              (memory (export "memory") 1)
              (data (i32.const 0) "\10\00\00\00\02\00\00\00") (data (i32.const 16) "hi")
              (func (export "_start")
                (drop (call $renumber (i32.const 2) (i32.const 1)))
                (drop (call $fd_write (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 8)))))
            """);
        Assert.Equal(("", "hi"), (answer["output"], answer["stderr"]));
    }

    [Theory]
    [InlineData(0, 0, 0, 5_000_000L, 0)]
    [InlineData(0, 1, 0, 5_000_000L, 0)]
    [InlineData(0, 1, 1, 5_000_000L, 0)]
    [InlineData(0, 0, 1, 1L, 0)]
    [InlineData(0, 77, 0, 1L, 28)]
    [InlineData(1, 0, 0, 0L, 0)]
    [InlineData(1, 1, 0, 0L, 76)]
    [InlineData(1, 9, 0, 0L, 8)]
    [InlineData(2, 1, 0, 0L, 0)]
    [InlineData(2, 0, 0, 0L, 76)]
    [InlineData(9, 0, 0, 0L, 28)]
    public async Task A_wait_ends_with_the_event_that_was_asked_for(int kind, int clockOrDescriptor, int flags, long nanoseconds, int errno)
    {
        await using var service = await RunningService.StartAsync();
        var answer = await service.ExecuteAsync(Guests.Command($"""
            (i64.store (i32.const 0) (i64.const 4242))
            (i32.store8 (i32.const 8) (i32.const {kind}))
            (i32.store (i32.const 16) (i32.const {clockOrDescriptor}))
            (i64.store (i32.const 24) (i64.const {nanoseconds}))
            (i32.store16 (i32.const 40) (i32.const {flags}))
            (drop (call $poll_oneoff (i32.const 0) (i32.const 64) (i32.const 1) (i32.const 128)))
            (if (i64.ne (i64.load (i32.const 64)) (i64.const 4242)) (then unreachable))
            (if (i32.ne (i32.load8_u (i32.const 74)) (i32.const {kind})) (then unreachable))
            (if (i32.ne (i32.load (i32.const 128)) (i32.const 1)) (then unreachable))
            (call $proc_exit (i32.load16_u (i32.const 72)))
            """), "in");
        Assert.True(answer["exitCode"] == $"{errno}", answer.Text);
    }

    [Fact]
    public async Task Of_two_clocks_the_earlier_one_happens_alone()
    {
        await using var service = await RunningService.StartAsync();
        var answer = await service.ExecuteAsync(Guests.Command("""
            (i64.store (i32.const 0) (i64.const 1)) (i32.store (i32.const 16) (i32.const 1)) (i64.store (i32.const 24) (i64.const 3600000000000))
            (i64.store (i32.const 48) (i64.const 2)) (i32.store (i32.const 64) (i32.const 1)) (i64.store (i32.const 72) (i64.const 1000000))
            (drop (call $poll_oneoff (i32.const 0) (i32.const 256) (i32.const 2) (i32.const 512)))
            (call $proc_exit (i32.add (i32.mul (i32.load (i32.const 512)) (i32.const 10)) (i32.load (i32.const 256))))
            """));
        Assert.Equal("12", answer["exitCode"]);
    }

    [Fact]
    public async Task The_monotonic_clock_moves_forward()
    {
        await using var service = await RunningService.StartAsync();
        var answer = await service.ExecuteAsync(Guests.Command("""
            (loop $again
              (drop (call $clock_time_get (i32.const 1) (i64.const 1) (i32.const 0)))
              (br_if $again (i64.lt_u (i64.load (i32.const 0)) (i64.const 2000000))))
            """));
        Assert.True(answer.Json.GetProperty("durationMs").GetDouble() >= 2, answer.Text);
    }
}
