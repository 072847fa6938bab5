using System.Buffers;
using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Wasmtime;

// The floor under any service of this kind: Kestrel without anything in front of the handler, Wasmtime's pooled instances with
// copy-on-write memory kept as the service keeps it, no limit, deadline, key, record or metric. The guest runs where the request was read.
//
//   WasmWizard.Benchmarks.Floor PORT
//
// POST /api/execute takes the module itself as body (a form costs more) and has one stdin for all, POST /api/modules/{hash}/execute its stdin.
using var pool = new PoolingAllocationConfig().WithMaxCoreInstances(64).WithMaxMemories(64).WithMaxTables(64).WithMaxUnusedWarmSlots(64)
    .WithMaxMemorySize(512 << 20).WithMaxCoreInstanceSize(1 << 20).WithLinearMemoryKeepResidentBytes(256 * 1024).WithTableKeepResidentBytes(4 * 1024);
using var engine = new Engine(new Config().WithMemoryInitCopyOnWrite(true).WithPoolingAllocationStrategy(pool));
using var linker = new Linker(engine);
Guest.Define(linker);
var modules = new ConcurrentDictionary<string, Module>();

var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
builder.WebHost.UseKestrelCore().ConfigureKestrel(options => options.ListenLocalhost(int.Parse(args[0], System.Globalization.CultureInfo.InvariantCulture)));
await using var app = builder.Build();
app.Run(async context =>
{
    if (context.Request.Method == "GET")
        return;
    using var body = new MemoryStream((int)(context.Request.ContentLength ?? 0));
    await context.Request.Body.CopyToAsync(body);
    var bytes = body.GetBuffer().AsMemory(0, (int)body.Length);
    var path = context.Request.Path.Value!.Split('/');
    var uploaded = path.Length < 4;
    var hash = uploaded ? Convert.ToHexStringLower(SHA256.HashData(bytes.Span)) : path[3];
    var module = uploaded ? modules.GetOrAdd(hash, _ => Module.FromBytes(engine, "module", bytes.Span)) : modules[hash];
    var output = path[^1] == "modules" ? Encoding.UTF8.GetBytes(hash) : Guest.Run(engine, linker, module, uploaded ? Guest.Stdin : bytes);
    context.Response.ContentLength = output.Length;
    await context.Response.Body.WriteAsync(output);
});
await app.RunAsync();

/// <summary>stdin and stdout of one guest in memory; of the other functions only what a C library's start asks for.</summary>
internal sealed class Guest(ReadOnlyMemory<byte> input)
{
    public static readonly ReadOnlyMemory<byte> Stdin = "sum\n2.50\n3.20\n1.00\n0.75\n"u8.ToArray();

    private readonly ArrayBufferWriter<byte> _output = new();
    private int _read;

    public static ReadOnlyMemory<byte> Run(Engine engine, Linker linker, Module module, ReadOnlyMemory<byte> input)
    {
        var guest = new Guest(input);
        using var store = new Store(engine, guest);
        linker.Instantiate(store, module).GetAction("_start")!();
        return guest._output.WrittenMemory;
    }

    public static void Define(Linker linker)
    {
        const string wasi = "wasi_snapshot_preview1";
        linker.DefineFunction(wasi, "fd_read", (Caller caller, int _, int vectors, int count, int result) => EachVector(caller, vectors, count, result, Of(caller).Read));
        linker.DefineFunction(wasi, "fd_write", (Caller caller, int _, int vectors, int count, int result) => EachVector(caller, vectors, count, result, Of(caller).Write));
        linker.DefineFunction(wasi, "fd_close", (Caller _, int _) => 0);
        linker.DefineFunction(wasi, "fd_seek", (Caller _, int _, long _, int _, int _) => 70);
        linker.DefineFunction(wasi, "fd_fdstat_get", (Caller _, int _, int _) => 0);
        linker.DefineFunction(wasi, "proc_exit", (Caller _, int code) => throw new InvalidOperationException($"exit code {code}"));
    }

    private static Guest Of(Caller caller) => (Guest)caller.GetData()!;

    private static int EachVector(Caller caller, int vectors, int count, int result, Func<Memory, int, int, int> take)
    {
        var memory = caller.GetMemory("memory")!;
        var total = 0;
        for (var i = 0; i < count; i++)
        {
            var length = memory.ReadInt32(vectors + (8 * i) + 4);
            var taken = take(memory, memory.ReadInt32(vectors + (8 * i)), length);
            total += taken;
            if (taken < length)
                break;
        }

        BinaryPrimitives.WriteInt32LittleEndian(memory.GetSpan(result, sizeof(int)), total);
        return 0;
    }

    private int Read(Memory memory, int address, int length)
    {
        var count = Math.Min(length, input.Length - _read);
        input.Span.Slice(_read, count).CopyTo(memory.GetSpan(address, count));
        _read += count;
        return count;
    }

    private int Write(Memory memory, int address, int length)
    {
        _output.Write(memory.GetSpan(address, length));
        return length;
    }
}
