namespace WasmWizard.Delivery.SupplyChain.Tests.Advisories;

/// <summary>Advisory data as databases publish it.</summary>
internal static class Records
{
    public static string Osv(string id, string package, string events, string extra = "", string modified = "2026-02-01T00:00:00Z") => $$"""
        {"id":"{{id}}","modified":"{{modified}}","affected":[
          {"package":{"ecosystem":"NuGet","name":"{{package}}"},"ranges":[{"type":"ECOSYSTEM","events":[{{events}}]}]},
          {"package":{"ecosystem":"npm","name":"{{package}}"},"ranges":[{"type":"SEMVER","events":[{"introduced":"0"}]}]}]
          {{(extra.Length > 0 ? "," + extra : "")}}}
        """;

    public const string Page = """
        {"newtonsoft.json":[{"url":"https://advisories.test/GHSA-5crp-9r3c-p9vr","severity":2,"versions":"(, 13.0.1)"}],
         "sample":[{"url":"https://advisories.test/T-0/","severity":0,"versions":"[1.0.0, 2.0.0]"},{"url":"https://advisories.test/T-1","severity":1,"versions":"[3.0.0]"},
                   {"url":"https://advisories.test/T-3","severity":3,"versions":"[4.0.0, )"},{"url":"https://advisories.test/T-9","severity":9,"versions":"(1.0.0, 1.5.0)"}]}
        """;

    public static string Index(Uri? root = null, string updated = "2026-02-01T00:00:00Z") => $$"""
        [{"@name":"base","@id":"{{root}}vulnerability.base.json","@updated":"2026-01-01T00:00:00Z","comment":"all"},
         {"@name":"update","@id":"{{root}}vulnerability.update.json","@updated":"{{updated}}","comment":"since"}]
        """;
}
