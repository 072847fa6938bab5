using System.Globalization;
using System.Text;
using System.Text.Json;
using WasmWizard.Delivery.Ledger;
using WasmWizard.Delivery.Ports;

namespace WasmWizard.Delivery.Compose.State;

/// <summary>The ledger as a file for each entry, named by its ordinal.</summary>
public sealed class EngineLedgerStore(EngineState state) : ILedgerStore
{
    private const string Folder = "ledger";

    public async Task<RawLedger> Read(CancellationToken cancellation)
    {
        var entries = (await state.ReadAll(Folder, cancellation))
            .Where(file => file.Value.Length > 0)
            .OrderBy(file => file.Key, StringComparer.Ordinal)
            .Select(file => Encoding.UTF8.GetString(file.Value))
            .ToList();
        if (entries.Count == 0 || IsWhole(entries[^1]))
            return new(entries, null);
        // An upload that its sender did not live to finish. Written over with nothing, it is no entry any more.
        await state.Write(FileOf(entries.Count), [], cancellation);
        return new(entries[..^1], entries[^1]);
    }

    public async Task<bool> Append(LedgerEntry entry, CancellationToken cancellation)
    {
        var file = FileOf(entry.Ordinal);
        if (await state.Read(file, cancellation) is { Length: > 0 } there && IsWhole(Encoding.UTF8.GetString(there)))
            return false;
        var line = Encoding.UTF8.GetBytes(LedgerJson.Write(entry));
        await state.Write(file, line, cancellation);
        return (await state.Read(file, cancellation))?.AsSpan().SequenceEqual(line) ?? false;
    }

    private static string FileOf(long ordinal) => string.Create(CultureInfo.InvariantCulture, $"{Folder}/{ordinal:d8}.json");

    private static bool IsWhole(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
