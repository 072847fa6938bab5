namespace WasmWizard.Delivery.Ledger;

/// <summary>
/// <c>History --json</c>: <c>entries[]{ordinal,at,by,action,release,rollout,step,outcome,detail,previousHash,hash}</c>, oldest first,
/// every field always there, null where an entry does not have it. The lines of the ledger itself leave such fields out.
/// </summary>
public static class HistoryJson
{
    public static string Write(LedgerChain chain) => JsonText.Write(json =>
    {
        json.WriteStartArray("entries");
        foreach (var entry in chain.Entries)
        {
            json.WriteStartObject();
            json.WriteNumber("ordinal", entry.Ordinal);
            json.WriteString("at", LedgerJson.Time(entry.At));
            json.WriteString("by", entry.By);
            json.WriteString("action", entry.Action);
            json.WriteString("release", entry.Release?.ToString());
            json.WritePropertyName("rollout");
            if (entry.Rollout is { } rollout)
            {
                json.WriteNumberValue(rollout);
            }
            else
            {
                json.WriteNullValue();
            }

            json.WriteString("step", entry.Step);
            json.WriteString("outcome", entry.Outcome);
            json.WriteString("detail", entry.Detail);
            json.WriteString("previousHash", entry.PreviousHash);
            json.WriteString("hash", entry.Hash);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    });
}
