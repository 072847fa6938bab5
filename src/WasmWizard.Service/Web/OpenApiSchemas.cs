using System.Text.Json.Nodes;

namespace WasmWizard.Service.Web;

/// <summary>The shapes of bodies and answers, for OpenAPI. A name with a question mark may be absent or null.</summary>
internal static class OpenApiSchemas
{
    public static JsonObject All() => new()
    {
        ["Form"] = Object("wasm:binary", "input?:string"),
        ["ModuleForm"] = Object("wasm:binary", "name?:string", "description?:string", "isPublic?:boolean"),
        ["Execution"] = Object(
            "output?:string", "outputBase64?:string", "stderr?:string", "stderrBase64?:string", "error?:string", "reason?:string",
            "exitCode?:integer", "durationMs:number", "fuelUsed?:integer", "memoryPeakBytes:integer"),
        ["Module"] = Object("id:string", "name:string", "description:string", "isPublic:boolean", "sizeBytes:integer", "sha256:string", "uploadTime:time", "isOwn:boolean"),
        ["ModulePage"] = Object("modules:array", "page:integer", "limit:integer", "total:integer"),
        ["NewKey"] = Object("tier?:string", "expiresAt?:time"),
        ["CreatedKey"] = Object("id:string", "key:string", "prefix:string", "tier:string", "expiresAt?:time"),
        ["Credentials"] = Object("key:string"),
        ["NewUser"] = Object("name:string", "role?:string", "tier?:string"),
        ["UserChange"] = Object("role?:string", "tier?:string", "disabled?:boolean"),
        ["Tier"] = Object("rank:integer", "executionsPerMinute?:integer", "executionsPerDay?:integer", "memoryBytes:integer", "wallTimeSeconds:number"),
        ["Freeze"] = Object("reason:string"),
        ["Problem"] = Object("type:string", "title:string", "status:integer", "detail:string", "error:string"),
    };

    private static JsonObject Object(params string[] properties)
    {
        var (shapes, required) = (new JsonObject(), new JsonArray());
        foreach (var property in properties)
        {
            var at = property.IndexOf(':', StringComparison.Ordinal);
            var name = property[..at].TrimEnd('?');
            shapes[name] = Shape(property[(at + 1)..]);
            if (property[at - 1] != '?')
                required.Add(name);
        }

        return new JsonObject { ["type"] = "object", ["properties"] = shapes, ["required"] = required };
    }

    private static JsonObject Shape(string kind) => kind switch
    {
        "binary" => new() { ["type"] = "string", ["format"] = "binary" },
        "time" => new() { ["type"] = "string", ["format"] = "date-time" },
        "array" => new() { ["type"] = "array", ["items"] = new JsonObject { ["type"] = "object" } },
        _ => new() { ["type"] = kind },
    };
}
