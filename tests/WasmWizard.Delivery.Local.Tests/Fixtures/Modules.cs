namespace WasmWizard.Delivery.Local.Tests.Fixtures;

/// <summary>Guests as text; the service assembles them.</summary>
internal static class Modules
{
    /// <summary>Writes <c>hello</c>.</summary>
    public const string Hello =
        """
        (module
          (import "wasi_snapshot_preview1" "fd_write" (func $write (param i32 i32 i32 i32) (result i32)))
          (memory (export "memory") 1)
          (data (i32.const 64) "hello")
          (func (export "_start")
            (i32.store (i32.const 0) (i32.const 64))
            (i32.store (i32.const 4) (i32.const 5))
            (drop (call $write (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 8)))))
        """;

    /// <summary>Sleeps for 700 ms inside a host call, then writes <c>hello</c>: long enough to be under way during a switch.</summary>
    public const string Sleeper =
        """
        (module
          (import "wasi_snapshot_preview1" "fd_write" (func $write (param i32 i32 i32 i32) (result i32)))
          (import "wasi_snapshot_preview1" "poll_oneoff" (func $poll (param i32 i32 i32 i32) (result i32)))
          (memory (export "memory") 1)
          (data (i32.const 64) "hello")
          (func (export "_start")
            (i32.store (i32.const 144) (i32.const 1))
            (i64.store (i32.const 152) (i64.const 700000000))
            (drop (call $poll (i32.const 128) (i32.const 256) (i32.const 1) (i32.const 320)))
            (i32.store (i32.const 0) (i32.const 64))
            (i32.store (i32.const 4) (i32.const 5))
            (drop (call $write (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 8)))))
        """;
}
