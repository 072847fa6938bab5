using System.Net;
using System.Net.Sockets;
using WasmWizard.Delivery.Local.Tests.Fixtures;
using WasmWizard.Delivery.Ports;
using WasmWizard.Delivery.Releases;
using WasmWizard.Delivery.Rollouts;

namespace WasmWizard.Delivery.Local.Tests;

public sealed class PreflightSpecs : IDisposable
{
    private readonly Place _place = new();

    [Fact]
    public async Task All_faults_are_listed_at_once_and_nothing_is_changed()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        _place.Options = options => options with
        {
            DefaultAddress = new Uri($"http://{taken.LocalEndpoint}"),
            FrontBinaries = "/nowhere",
        };
        using var target = _place.Target("/nowhere/layer.tar");

        var outcome = await _place.Runner(target).Deploy(Release(("DATABASE_URL_FILE", "/run/secret")), null, CancellationToken.None);

        var faults = Place.Is<RolloutOutcome.Refused>(outcome).Faults;
        Assert.Equal(["WW3102", "WW3104", "WW3105", "WW3106"], faults.Select(fault => fault.Id).Order());
        Assert.Contains($"(pid {Environment.ProcessId})", faults.Single(fault => fault.Id == "WW3105").Observed, StringComparison.Ordinal);
        Assert.All(faults, fault => Assert.NotEmpty(fault.Next));
        Assert.False(File.Exists(_place.State.Ledger));
    }

    [Fact]
    public async Task A_state_that_cannot_be_written_is_a_fault()
    {
        await File.WriteAllTextAsync(Path.Combine(_place.Root, "research"), "a file in place of the folder");

        Assert.Contains("WW3101", (await Faults(null)).Select(fault => fault.Id));
    }

    [Fact]
    public async Task Too_small_a_disk_is_a_fault_with_numbers()
    {
        await using var disk = await SmallDisk.Mount(megabytes: 2);
        using var place = new Place(disk.Sub("place"));
        var layer = Path.Combine(_place.Root, "layer.tar");
        await File.WriteAllBytesAsync(layer, new byte[1024 * 1024]);
        using var target = place.Target(layer);

        var faults = await target.Preflight(Release(), CancellationToken.None);

        Assert.Equal("3145728 bytes: 3 times the layer and the database", Assert.Single(faults, fault => fault.Id == "WW3103").Required);
    }

    [Fact]
    public async Task A_layer_that_is_here_and_a_free_port_are_no_fault()
    {
        var layer = Path.Combine(_place.Root, "layer.tar");
        await File.WriteAllBytesAsync(layer, [1]);

        Assert.Empty(await Faults(layer));
    }

    [Fact]
    public async Task A_layer_with_other_bytes_is_refused_when_it_is_unpacked()
    {
        var layer = Path.Combine(_place.Root, "layer.tar");
        await File.WriteAllBytesAsync(layer, new byte[10240]);
        using var target = _place.Target(layer);

        var outcome = await _place.Runner(target).Deploy(Release(), null, CancellationToken.None);

        var failure = Place.Is<RolloutOutcome.RolledBack>(outcome).Failure;
        Assert.Equal("unpack", failure.Step);
        Assert.Empty(Directory.GetFileSystemEntries(_place.State.Releases));
        Assert.Empty(Directory.GetFileSystemEntries(_place.State.Layers));
    }

    public void Dispose() => _place.Dispose();

    private static Release Release(params (string Name, string Value)[] variables)
    {
        var all = variables.ToDictionary(variable => variable.Name, variable => variable.Value);
        return new Release
        {
            Version = "1.0.0",
            Commit = "commit",
            Tree = "tree",
            Digest = Digest.Of([1, 2, 3]),
            Config = ConfigHash.Of(all),
            Variables = all,
            Migrations = [],
        };
    }

    private async Task<IReadOnlyList<Fault>> Faults(string? layer)
    {
        using var target = _place.Target(layer);
        return await target.Preflight(Release(), CancellationToken.None);
    }
}
