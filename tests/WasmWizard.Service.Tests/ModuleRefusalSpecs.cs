using System.Text;

namespace WasmWizard.Service.Tests;

public class ModuleRefusalSpecs
{
    public static TheoryData<byte[], string> Refused => new()
    {
        { "hello"u8.ToArray(), "WW5101" },
        { [], "WW5101" },
        { [0x7f, 0x45, 0x4c, 0x46], "WW5101" },
        { "(component)"u8.ToArray(), "WW5101" },
        { [0x00, 0x61, 0x73, 0x6d], "WW5102" },
        { [0x00, 0x61, 0x73, 0x6d, 2, 0, 0, 0], "WW5102" },
        { [0x00, 0x61, 0x73, 0x6d, 0x0d, 0, 1, 0], "WW5103" },
        { [0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0], "WW5104" },
        { "(module)"u8.ToArray(), "WW5104" },
        { Encoding.UTF8.GetBytes("""(module (func (export "_start") (param i32)))"""), "WW5104" },
        { Encoding.UTF8.GetBytes("""(module (memory (export "_start") 1))"""), "WW5104" },
        { Encoding.UTF8.GetBytes("""(module (func (export "_initialize")))"""), "WW5104" },
        { Encoding.UTF8.GetBytes("""(module (import "env" "f" (func)) (func (export "_start")))"""), "WW5105" },
        { Encoding.UTF8.GetBytes("""(module (import "env" "memory" (memory 1)) (func (export "_start")))"""), "WW5105" },
        { Encoding.UTF8.GetBytes("""(module (import "wasi_unstable" "proc_exit" (func (param i32))) (func (export "_start")))"""), "WW5105" },
        { Encoding.UTF8.GetBytes("""(module (import "wasi_snapshot_preview1" "nothing" (func)) (func (export "_start")))"""), "WW5105" },
        { Encoding.UTF8.GetBytes("""(module (import "wasi_snapshot_preview1" "fd_close" (func (param f64) (result i32))) (func (export "_start")))"""), "WW5105" },
        { [0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0, 1, 200], "WW5106" },
        { "(module (func (export \"_start\") i32.add))"u8.ToArray(), "WW5106" },
        { "(module"u8.ToArray(), "WW5106" },
        { ";; only a comment"u8.ToArray(), "WW5106" },
        { Encoding.UTF8.GetBytes("(module " + new string('(', 100_000)), "WW5106" },
        { Encoding.UTF8.GetBytes("""(module (memory 1 2 shared) (func (export "_start")))"""), "WW5106" },
        { Encoding.UTF8.GetBytes("""(module (memory 1) (memory 1) (func (export "_start")))"""), "WW5106" },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public async Task What_is_no_module_for_this_service_is_refused_with_its_id(byte[] module, string id)
    {
        await using var service = await RunningService.StartAsync();
        var answer = await service.ExecuteAsync(module);
        Assert.Equal((400, "application/problem+json", $"urn:wasm-wizard:{id}"), (answer.Status, answer.ContentType, answer["type"]));
        Assert.Equal(answer["detail"], answer["error"]);
        Assert.Equal(1, await service.MetricAsync("wasm_wizard_executions_total{outcome=\"invalid\",tier=\"free\"}"));
    }

    [Fact]
    public async Task Unknown_imports_are_listed_with_their_types()
    {
        await using var service = await RunningService.StartAsync();
        var answer = await service.ExecuteAsync("""
            (module (import "env" "first" (func (param i64 f32) (result f64))) (import "env" "second" (global i32)) (func (export "_start")))
            """);
        Assert.Contains("env.first (If:F), env.second.", answer["error"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_very_many_unknown_imports_some_are_listed()
    {
        await using var service = await RunningService.StartAsync();
        var imports = string.Concat(Enumerable.Range(0, 1000).Select(i => $"(import \"env\" \"f{i}\" (func))"));
        var answer = await service.ExecuteAsync($"(module {imports} (func (export \"_start\")))");
        Assert.Contains("env.f9 (:), and more", answer["error"], StringComparison.Ordinal);
        Assert.DoesNotContain("f10", answer["error"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_component_is_told_what_to_build_instead()
    {
        await using var service = await RunningService.StartAsync();
        Assert.Contains("wasm32-wasip1", (await service.ExecuteAsync([0x00, 0x61, 0x73, 0x6d, 0x0d, 0, 1, 0]))["error"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\uFEFF(module (func (export \"_start\")))")]
    [InlineData("  \n(module (func (export \"_start\")))")]
    [InlineData("(; block ;) (module (func (export \"_start\")))")]
    [InlineData(";; line\n(module (func (export \"_start\")))")]
    [InlineData("( module (func (export \"_start\")))")]
    public async Task Text_may_begin_as_people_write_it(string text)
    {
        await using var service = await RunningService.StartAsync();
        var answer = await service.ExecuteAsync(text);
        Assert.True(answer.Status == 200, answer.Text);
    }
}
