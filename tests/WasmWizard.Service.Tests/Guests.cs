using System.Globalization;

namespace WasmWizard.Service.Tests;

/// <summary>Guests as WebAssembly text.</summary>
internal static class Guests
{
    public const string Imports = """
        (import "wasi_snapshot_preview1" "fd_read" (func $fd_read (param i32 i32 i32 i32) (result i32)))
        (import "wasi_snapshot_preview1" "fd_write" (func $fd_write (param i32 i32 i32 i32) (result i32)))
        (import "wasi_snapshot_preview1" "proc_exit" (func $proc_exit (param i32)))
        (import "wasi_snapshot_preview1" "poll_oneoff" (func $poll_oneoff (param i32 i32 i32 i32) (result i32)))
        (import "wasi_snapshot_preview1" "sched_yield" (func $sched_yield (result i32)))
        (import "wasi_snapshot_preview1" "random_get" (func $random_get (param i32 i32) (result i32)))
        (import "wasi_snapshot_preview1" "clock_time_get" (func $clock_time_get (param i32 i64 i32) (result i32)))
        """;

    public const string Echo = $$"""
        (module {{Imports}}
          (memory (export "memory") 2)
          (func (export "_start")
            (loop $again
              (i32.store (i32.const 0) (i32.const 1024)) (i32.store (i32.const 4) (i32.const 65536))
              (drop (call $fd_read (i32.const 0) (i32.const 0) (i32.const 1) (i32.const 8)))
              (i32.store (i32.const 4) (i32.load (i32.const 8)))
              (drop (call $fd_write (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 12)))
              (br_if $again (i32.load (i32.const 8))))))
        """;

    public const string Loop = """(module (memory (export "memory") 1) (func (export "_start") (loop $again (br $again))))""";

    public const string Recursion = """(module (func $deeper (export "_start") (call $deeper)))""";

    /// <summary>Waits for one clock, an hour.</summary>
    public const string Sleep = $$"""
        (module {{Imports}}
          (memory (export "memory") 1)
          (func (export "_start")
            (i32.store (i32.const 16) (i32.const 1))
            (i64.store (i32.const 24) (i64.const 3600000000000))
            (drop (call $poll_oneoff (i32.const 0) (i32.const 64) (i32.const 1) (i32.const 128)))))
        """;

    /// <summary>Takes page after page and traps when there is none.</summary>
    public const string EatMemory = """
        (module (memory (export "memory") 1)
          (func (export "_start")
            (loop $again
              (br_if $again (i32.ne (memory.grow (i32.const 16)) (i32.const -1)))
              (unreachable))))
        """;

    public const string Flood = $$"""
        (module {{Imports}}
          (memory (export "memory") 1)
          (data (i32.const 0) "\08\00\00\00\00\40\00\00")
          (func (export "_start")
            (loop $again
              (drop (call $fd_write (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 65532)))
              (br $again))))
        """;

    /// <summary>Reads stdin again and again, whether or not it has ended.</summary>
    public const string ReadForEver = $$"""
        (module {{Imports}}
          (memory (export "memory") 1)
          (data (i32.const 0) "\40\00\00\00\00\10\00\00")
          (func (export "_start")
            (loop $again
              (drop (call $fd_read (i32.const 0) (i32.const 0) (i32.const 1) (i32.const 8)))
              (br $again))))
        """;

    public const string YieldForEver = $$"""
        (module {{Imports}}
          (memory (export "memory") 1)
          (func (export "_start") (loop $again (drop (call $sched_yield)) (br $again))))
        """;

    /// <summary>Does what the first byte of stdin says: s sleeps for an hour, l loops, r recurses, u is unreachable; anything else ends at once.</summary>
    public const string AsAsked = $$"""
        (module {{Imports}}
          (memory (export "memory") 1)
          (data (i32.const 0) "\40\00\00\00\01\00\00\00")
          (func $deeper (call $deeper))
          (func (export "_start") (local $asked i32)
            (drop (call $fd_read (i32.const 0) (i32.const 0) (i32.const 1) (i32.const 8)))
            (local.set $asked (i32.load8_u (i32.const 64)))
            (if (i32.eq (local.get $asked) (i32.const 0x73)) (then
              (i32.store (i32.const 144) (i32.const 1))
              (i64.store (i32.const 152) (i64.const 3600000000000))
              (drop (call $poll_oneoff (i32.const 128) (i32.const 192) (i32.const 1) (i32.const 256)))))
            (if (i32.eq (local.get $asked) (i32.const 0x6c)) (then (loop $again (br $again))))
            (if (i32.eq (local.get $asked) (i32.const 0x72)) (then (call $deeper)))
            (if (i32.eq (local.get $asked) (i32.const 0x75)) (then (unreachable)))))
        """;

    public static string Exit(int code) => Command($"(call $proc_exit (i32.const {code}))");

    /// <summary>Writes the bytes to stdout (1) or stderr (2) and returns.</summary>
    public static string Print(int stream, params byte[] bytes) => $$"""
        (module {{Imports}}
          (memory (export "memory") 1)
          (data (i32.const 0) "\10\00\00\00{{Escaped(BitConverter.GetBytes(bytes.Length))}}")
          (data (i32.const 16) "{{Escaped(bytes)}}")
          (func (export "_start") (drop (call $fd_write (i32.const {{stream}}) (i32.const 0) (i32.const 1) (i32.const 8)))))
        """;

    /// <summary>A module with one page of memory and all of <see cref="Imports"/>, whose command is <paramref name="body"/>.</summary>
    public static string Command(string body) => $$"""
        (module {{Imports}} (memory (export "memory") 1) (func (export "_start") {{body}}))
        """;

    /// <summary>Calls one WASI function and ends with its errno as exit code; 0 when it succeeds.</summary>
    public static string Errno(string function, string signature, string arguments, string before = "") => $$"""
        (module
          (import "wasi_snapshot_preview1" "{{function}}" (func $call {{signature}} (result i32)))
          (import "wasi_snapshot_preview1" "proc_exit" (func $exit (param i32)))
          (memory (export "memory") 1)
          (func (export "_start") {{before}} (call $exit (call $call {{arguments}}))))
        """;

    private static string Escaped(byte[] bytes) => string.Concat(bytes.Select(b => b.ToString("x2", CultureInfo.InvariantCulture).Insert(0, "\\")));
}
