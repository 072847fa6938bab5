using WasmWizard.Delivery.Ledger;
using WasmWizard.Delivery.Local.Tests.Fixtures;

namespace WasmWizard.Delivery.Local.Tests;

public sealed class LedgerSpecs : IDisposable
{
    private readonly Place _place = new();

    [Fact]
    public async Task What_was_appended_is_read_back_as_a_whole_chain()
    {
        await Append(3);

        Assert.Equal(3, (await _place.Chain()).Entries.Count);
    }

    [Fact]
    public async Task An_environment_without_a_ledger_has_an_empty_one()
    {
        Assert.Empty((await _place.Chain()).Entries);
        Assert.False(File.Exists(_place.State.Ledger));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(40)]
    public async Task A_torn_last_line_is_cut_off_and_reported_once(int bytes)
    {
        await Append(2);
        var whole = await File.ReadAllBytesAsync(_place.State.Ledger);
        var third = LedgerJson.Write(Next(await _place.Chain()));
        await File.AppendAllTextAsync(_place.State.Ledger, third[..bytes]);

        var first = await _place.Ledger.Read(default);
        var second = await _place.Ledger.Read(default);

        Assert.Equal(third[..bytes], first.TornTail);
        Assert.Null(second.TornTail);
        Assert.Equal(whole, await File.ReadAllBytesAsync(_place.State.Ledger));
    }

    [Fact]
    public async Task A_whole_line_without_its_end_was_never_promised_and_is_cut_off_too()
    {
        await Append(1);
        await File.AppendAllTextAsync(_place.State.Ledger, LedgerJson.Write(Next(await _place.Chain())));

        Assert.NotNull((await _place.Ledger.Read(default)).TornTail);
        Assert.Single((await _place.Chain()).Entries);
    }

    [Fact]
    public async Task Nothing_is_appended_behind_a_torn_line()
    {
        await Append(1);
        var next = Next(await _place.Chain());
        await File.AppendAllTextAsync(_place.State.Ledger, "{\"ordi");

        await Assert.ThrowsAsync<InvalidDataException>(() => _place.Ledger.Append(next, default));
    }

    [Fact]
    public async Task A_break_in_the_middle_is_kept_for_a_person_to_see()
    {
        await Append(3);
        var lines = await File.ReadAllLinesAsync(_place.State.Ledger);
        await File.WriteAllTextAsync(_place.State.Ledger, $"{lines[0]}\n{lines[1].Replace("\"test\"", "\"tost\"", StringComparison.Ordinal)}\n{lines[2]}\n");

        var broken = Assert.IsType<LedgerReading.Broken>(LedgerChain.Read(await _place.Ledger.Read(default)));

        Assert.Equal(2, broken.At.Ordinal);
        Assert.Equal(3, (await File.ReadAllLinesAsync(_place.State.Ledger)).Length);
    }

    [Fact]
    public async Task Of_two_who_append_the_same_ordinal_one_loses_and_changes_nothing()
    {
        await Append(1);
        var next = Next(await _place.Chain());

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => _place.Ledger.Append(next, default))));

        Assert.Single(answers, appended => appended);
        Assert.Equal(2, (await _place.Chain()).Entries.Count);
    }

    [Fact]
    public async Task On_a_full_disk_an_entry_is_not_half_written()
    {
        await using var disk = await SmallDisk.Mount(megabytes: 1);
        using var place = new Place(disk.Sub("place"));
        var chain = LedgerChain.Empty;
        chain = await AppendTo(place, chain);
        disk.Fill();

        var written = 0;
        await Assert.ThrowsAsync<IOException>(async () =>
        {
            for (; written < 1000; written++)
                chain = await AppendTo(place, chain);
        });

        disk.Free();
        Assert.Equal(written + 1, (await place.Chain()).Entries.Count);
        Assert.True(await place.Ledger.Append(Next(chain), default));
    }

    public void Dispose() => _place.Dispose();

    private static LedgerEntry Next(LedgerChain chain) =>
        chain.Seal(new LedgerDraft(LedgerActions.Deploy, LedgerOutcomes.Done), "test", DateTimeOffset.UtcNow);

    private static async Task<LedgerChain> AppendTo(Place place, LedgerChain chain)
    {
        var entry = Next(chain);
        Assert.True(await place.Ledger.Append(entry, default));
        return chain.With(entry);
    }

    private async Task Append(int entries)
    {
        var chain = LedgerChain.Empty;
        for (var entry = 0; entry < entries; entry++)
            chain = await AppendTo(_place, chain);
    }
}
