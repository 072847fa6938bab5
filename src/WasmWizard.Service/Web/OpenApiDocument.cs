using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace WasmWizard.Service.Web;

/// <summary>The routes as OpenAPI 3.1, made from the same list that maps them, so that none can be left out.</summary>
internal static partial class OpenApiDocument
{
    private const string KeyScheme = "key";

    /// <summary>The document; the same text for every request.</summary>
    public static string Json { get; } = Document().ToJsonString(Web.Json.Indented);

    /// <summary>The bodies of the routes that have one, and of what they answer when all is well.</summary>
    private static readonly Dictionary<ServiceRoute, (JsonObject? Body, string Answer, string? Schema)> Details = new()
    {
        [Routes.Execute] = (Multipart("Form"), "200 The guest ended well; 422 it failed, trapped or hit a limit.", "Execution"),
        [Routes.AddModule] = (Multipart("ModuleForm"), "201 Stored; 200 the same bytes were stored before.", "Module"),
        [Routes.ListModules] = (null, "200 A page.", "ModulePage"),
        [Routes.ExecuteModule] = (Input(), "200 The guest ended well; 422 it failed, trapped or hit a limit.", "Execution"),
        [Routes.DeleteModule] = (null, "204 Deleted.", null),
        [Routes.CreateKey] = (JsonBody("NewKey"), "201 The key, shown this once.", "CreatedKey"),
        [Routes.RevokeKey] = (null, "204 Revoked.", null),
        [Routes.SignIn] = (JsonBody("Credentials"), "200 Signed in.", null),
        [Routes.SignOut] = (null, "204 Signed out.", null),
        [Routes.AdminAddUser] = (JsonBody("NewUser"), "201 The user.", null),
        [Routes.AdminChangeUser] = (JsonBody("UserChange"), "200 The user.", null),
        [Routes.AdminAddKey] = (JsonBody("NewKey"), "201 The key, shown this once.", "CreatedKey"),
        [Routes.AdminRevokeKey] = (null, "204 Revoked.", null),
        [Routes.AdminPutTier] = (JsonBody("Tier"), "200 The tier.", "Tier"),
        [Routes.AdminSetFreeze] = (JsonBody("Freeze"), "200 Frozen.", null),
        [Routes.AdminClearFreeze] = (null, "204 Executions run again.", null),
    };

    private static readonly Dictionary<ServiceRoute, string[]> Queries = new()
    {
        [Routes.ListModules] = ["page", "limit", "includePublic"],
        [Routes.Usage] = ["from", "to"],
        [Routes.AdminUsage] = ["from", "to", "user"],
    };

    private static JsonObject Document()
    {
        var paths = new JsonObject();
        foreach (var route in Routes.All.Where(route => route.AliasOf is null))
        {
            if (paths[route.Path] is not JsonObject path)
                paths[route.Path] = path = [];
            path[route.Method.ToLowerInvariant()] = Operation(route);
        }

        return new JsonObject
        {
            ["openapi"] = "3.1.0",
            ["info"] = new JsonObject { ["title"] = "Wasm Wizard", ["version"] = "1", ["description"] = "Runs WebAssembly commands (WASI preview 1): bytes in, stdout out, inside hard limits." },
            ["paths"] = paths,
            ["components"] = new JsonObject
            {
                ["securitySchemes"] = new JsonObject { [KeyScheme] = new JsonObject { ["type"] = "http", ["scheme"] = "bearer", ["description"] = "A key: ww_ and 32 letters or digits." } },
                ["schemas"] = OpenApiSchemas.All(),
            },
        };
    }

    private static JsonObject Operation(ServiceRoute route)
    {
        var (body, answer, schema) = Details.GetValueOrDefault(route, (null, "200 Done.", null));
        var operation = new JsonObject { ["summary"] = route.Meaning, ["responses"] = Responses(route, answer, schema) };
        var parameters = Parameters(route);
        if (parameters.Count > 0)
            operation["parameters"] = parameters;
        if (body is not null)
            operation["requestBody"] = body.DeepClone();
        if (route.Auth != RouteAuth.None)
            operation["security"] = new JsonArray(new JsonObject { [KeyScheme] = new JsonArray() });
        return operation;
    }

    private static JsonArray Parameters(ServiceRoute route)
    {
        var parameters = new JsonArray();
        foreach (var name in RouteParameter().Matches(route.Path).Select(match => match.Groups[1].Value))
            parameters.Add(Parameter(name, "path", required: true));
        foreach (var name in Queries.GetValueOrDefault(route, []))
            parameters.Add(Parameter(name, "query", required: false));
        return parameters;
    }

    private static JsonObject Parameter(string name, string place, bool required) =>
        new() { ["name"] = name, ["in"] = place, ["required"] = required, ["schema"] = new JsonObject { ["type"] = "string" } };

    private static JsonObject Responses(ServiceRoute route, string answer, string? schema)
    {
        var responses = new JsonObject();
        foreach (var part in answer.Split("; "))
        {
            var response = new JsonObject { ["description"] = part[4..] };
            if (schema is not null)
                response["content"] = Content(part.StartsWith('2') ? "application/json" : "application/problem+json", schema);
            responses[part[..3]] = response;
        }

        if (route.Auth != RouteAuth.None)
            responses["default"] = new JsonObject { ["description"] = "What went wrong (RFC 9457).", ["content"] = Content("application/problem+json", "Problem") };
        return responses;
    }

    private static JsonObject Multipart(string schema) => new() { ["required"] = true, ["content"] = Content("multipart/form-data", schema) };

    private static JsonObject JsonBody(string schema) => new() { ["content"] = Content("application/json", schema) };

    private static JsonObject Input() =>
        new() { ["content"] = new JsonObject { ["text/plain"] = new JsonObject { ["schema"] = new JsonObject { ["type"] = "string" } } } };

    private static JsonObject Content(string type, string schema) =>
        new() { [type] = new JsonObject { ["schema"] = new JsonObject { ["$ref"] = $"#/components/schemas/{schema}" } } };

    [GeneratedRegex(@"\{(\w+)\}")]
    private static partial Regex RouteParameter();
}
