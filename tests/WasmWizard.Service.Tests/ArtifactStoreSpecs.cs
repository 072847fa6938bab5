using System.Buffers;
using System.Text;
using WasmWizard.Service.Executions;
using WasmWizard.Service.Metrics;
using WasmWizard.Service.Modules;

namespace WasmWizard.Service.Tests;

/// <summary>Compiled modules on disk: they save a compilation, and nothing is run that this service did not write there itself.</summary>
public sealed class ArtifactStoreSpecs : IDisposable
{
    private static readonly byte[] Wat = Encoding.UTF8.GetBytes(Guests.Print(1, "ran"u8.ToArray()));

    private static readonly string[] Results = ["hit", "disk", "miss"];

    private readonly TemporaryDirectory _data = new();

    private string Folder => _data.File("compiled");

    public void Dispose() => _data.Dispose();

    [Fact]
    public async Task After_a_restart_a_module_is_found_without_its_bytes()
    {
        Assert.Equal("miss", await OriginAsync());
        Assert.Equal("disk", await OriginAsync(bytes: null));
    }

    public static TheoryData<string> Damages => ["cut", "emptied", "first byte", "seal", "last byte", "another module's", "no file"];

    [Theory]
    [MemberData(nameof(Damages))]
    public async Task What_is_damaged_is_compiled_again_and_replaced(string damage)
    {
        await OriginAsync();
        var file = Artifact();
        Damage(damage, file);
        Assert.Equal("miss", await OriginAsync());
        Assert.Equal("disk", await OriginAsync());
    }

    [Fact]
    public async Task The_reason_is_counted()
    {
        await OriginAsync();
        Damage("last byte", Artifact());
        var metrics = new ServiceMetrics();
        await OriginAsync(metrics: metrics);
        Assert.Equal(1, metrics.ArtifactRejections.WithLabels("corrupt").Value);
        Damage("first byte", Artifact());
        await OriginAsync(metrics: metrics);
        Assert.Equal(1, metrics.ArtifactRejections.WithLabels("foreign").Value);
    }

    [Fact]
    public async Task Other_settings_of_the_engine_do_not_take_it()
    {
        await OriginAsync();
        Assert.Equal("miss", await OriginAsync(meterFuel: true));
    }

    [Fact]
    public async Task Without_the_key_that_sealed_it_it_is_not_taken()
    {
        await OriginAsync();
        File.WriteAllBytes(Path.Combine(Folder, "seal.key"), new byte[ArtifactSeal.KeyBytes]);
        Assert.Equal("miss", await OriginAsync());
    }

    [Fact]
    public void Folder_and_key_belong_to_this_user_only()
    {
        if (OperatingSystem.IsWindows())
            return;
        _ = ArtifactStore.Open(Folder, "maker", 1, _ => { });
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(Folder, "seal.key")));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(Folder));
    }

    [Fact]
    public void Bytes_bound_it_and_the_least_recently_used_goes_first()
    {
        var store = ArtifactStore.Open(Folder, "maker", 1000, _ => { });
        var hashes = Enumerable.Range(0, 10).Select(i => ModuleHash.Of([(byte)i])).ToArray();
        for (var i = 0; i < hashes.Length; i++)
        {
            store.Keep(hashes[i], new byte[200]);
            File.SetLastWriteTimeUtc(Path.Combine(Folder, hashes[i] + ".artifact"), DateTime.UnixEpoch.AddDays(i));
            Assert.NotNull(store.Find(hashes[0]));
        }

        Assert.InRange(new DirectoryInfo(Folder).EnumerateFiles("*.artifact").Sum(f => f.Length), 1, 1000);
        Assert.NotNull(store.Find(hashes[0]));
        Assert.NotNull(store.Find(hashes[^1]));
        Assert.Null(store.Find(hashes[1]));
        Assert.Empty(new DirectoryInfo(Folder).EnumerateFiles("*.draft"));
    }

    [Fact]
    public void What_is_larger_than_all_the_room_is_not_kept()
    {
        var store = ArtifactStore.Open(Folder, "maker", 10, _ => { });
        store.Keep(ModuleHash.Of("x"u8), new byte[11]);
        Assert.Null(store.Find(ModuleHash.Of("x"u8)));
    }

    [Fact]
    public void A_disk_that_does_not_take_it_is_counted_and_nothing_else()
    {
        var faults = new List<ArtifactFault>();
        var store = ArtifactStore.Open(Folder, "maker", 1000, faults.Add);
        Directory.Delete(Folder, recursive: true);
        store.Keep(ModuleHash.Of("x"u8), new byte[11]);
        Assert.Equal(ArtifactFault.Failed, faults[0]);
        Assert.Null(store.Find(ModuleHash.Of("x"u8)));
    }

    [Fact]
    public async Task Where_the_folder_cannot_be_made_the_service_runs_without_it()
    {
        await File.WriteAllTextAsync(Folder, "a file is in the way");
        var metrics = new ServiceMetrics();
        Assert.Equal("miss", await OriginAsync(metrics: metrics));
        Assert.Equal(1, metrics.ArtifactRejections.WithLabels("failed").Value);
    }

    /// <summary>Runs the module in a fresh executor, as after a restart, and tells where its code came from.</summary>
    private Task<string> OriginAsync(bool meterFuel = false, ServiceMetrics? metrics = null) => OriginAsync(Wat, meterFuel, metrics);

    private async Task<string> OriginAsync(byte[]? bytes, bool meterFuel = false, ServiceMetrics? metrics = null)
    {
        metrics ??= new ServiceMetrics();
        var before = Lookups(metrics);
        using var executor = new Executor(new ExecutorOptions(1, 1, 1, 1 << 20, meterFuel, Folder), metrics);
        var limits = new ExecutionLimits(TimeSpan.FromSeconds(30), 1 << 20, 100, meterFuel ? 1_000_000 : 0);
        var reply = await executor.ExecuteAsync(
            new ExecutionRequest(ModuleHash.Of(Wat), bytes is null ? null : new ReadOnlySequence<byte>(bytes), default, limits, "one", "free"), CancellationToken.None);
        Assert.Equal("ran", Encoding.UTF8.GetString(Assert.IsType<ExecutionReply.Ran>(reply).Result.Output.Span));
        return Lookups(metrics).Single(after => after.Value > before[after.Key]).Key;
    }

    private static Dictionary<string, double> Lookups(ServiceMetrics metrics) =>
        Results.ToDictionary(result => result, result => metrics.CacheLookups.WithLabels(result).Value);

    private string Artifact() => Path.Combine(Folder, ModuleHash.Of(Wat) + ".artifact");

    private void Damage(string damage, string file)
    {
        var bytes = File.ReadAllBytes(file);
        switch (damage)
        {
            case "cut":
                File.WriteAllBytes(file, bytes[..^100]);
                break;
            case "emptied":
                File.WriteAllBytes(file, []);
                break;
            case "no file":
                File.Delete(file);
                break;
            case "another module's":
                var other = ModuleHash.Of("other"u8);
                var seal = ArtifactStore.Open(Folder, "other maker", 1 << 20, _ => { });
                seal.Keep(other, bytes.AsSpan(64));
                File.Move(Path.Combine(Folder, other + ".artifact"), file, overwrite: true);
                // The maker is the right one again, as with a file of this very service under another name.
                var moved = File.ReadAllBytes(file);
                bytes.AsSpan(0, 32).CopyTo(moved);
                File.WriteAllBytes(file, moved);
                break;
            default:
                bytes[damage switch { "first byte" => 0, "seal" => 40, _ => bytes.Length - 1 }] ^= 1;
                File.WriteAllBytes(file, bytes);
                break;
        }
    }
}
