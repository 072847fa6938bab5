using System.Reflection;
using System.Text.Json.Nodes;
using WasmWizard.BuildEngine.IO;

namespace WasmWizard.BuildEngine;

/// <summary>The JSON schema of <c>.nuke/parameters.json</c>: what editors complete and check. Written only when asked for.</summary>
public static class BuildSchema
{
    /// <summary>The schema's text: depends on targets and parameters alone, ends in a line feed.</summary>
    public static string TextOf(INukeBuild build)
    {
        var own = (NukeBuild)build;
        var definitions = own.Parameters?.Definitions ?? throw new InvalidOperationException("The schema is known when the build runs: call it inside a target.");
        var schema = new JsonObject
        {
            ["$schema"] = "http://json-schema.org/draft-04/schema#",
            ["definitions"] = new JsonObject
            {
                ["Host"] = Choices(HostDetection.Names),
                ["ExecutableTarget"] = Choices(own.Targets.Select(target => target.Name).Order(StringComparer.Ordinal)),
                ["Verbosity"] = Choices(Enum.GetNames<Verbosity>()),
                ["NukeBuild"] = new JsonObject { ["properties"] = Properties(BuiltInParameters.All, own) },
            },
            ["allOf"] = new JsonArray(
                new JsonObject { ["properties"] = Properties(definitions.Where(definition => definition is { Member: not null, IsListed: true }), own) },
                new JsonObject { ["$ref"] = "#/definitions/NukeBuild" }),
        };
        return schema.ToJsonString(JsonText.Options) + "\n";
    }

    /// <summary>The file the schema belongs in.</summary>
    public static AbsolutePath FileOf(INukeBuild build) => build.RootDirectory / RootDirectories.Marker / "build.schema.json";

    /// <summary>Writes the schema when its text differs.</summary>
    /// <returns>Whether the file changed.</returns>
    public static bool WriteIfChanged(INukeBuild build)
    {
        var (file, text) = (FileOf(build), TextOf(build));
        if (File.Exists(file) && File.ReadAllText(file) == text)
            return false;
        Directory.CreateDirectory(file.Parent!);
        File.WriteAllText(file, text);
        return true;
    }

    private static JsonObject Choices(IEnumerable<string> values) => new() { ["type"] = "string", ["enum"] = JsonText.Strings(values) };

    private static JsonObject Properties(IEnumerable<ParameterDefinition> definitions, NukeBuild build)
    {
        var properties = new JsonObject();
        foreach (var definition in definitions.DistinctBy(definition => definition.Name).OrderBy(definition => definition.Name, StringComparer.Ordinal))
            properties[definition.Name] = Property(definition, build);
        return properties;
    }

    private static JsonObject Property(ParameterDefinition definition, NukeBuild build)
    {
        var property = SpecialOf(definition) ?? ValueOf(definition, build);
        if (definition.Description is { Length: > 0 } description)
            property.Insert(0, "description", description);
        return property;
    }

    private static JsonObject? SpecialOf(ParameterDefinition definition)
    {
        if (definition == BuiltInParameters.Host || definition == BuiltInParameters.Verbosity)
            return new JsonObject { ["$ref"] = "#/definitions/" + definition.Name };
        return definition == BuiltInParameters.Target || definition == BuiltInParameters.Skip
            ? new JsonObject { ["type"] = "array", ["items"] = new JsonObject { ["$ref"] = "#/definitions/ExecutableTarget" } }
            : null;
    }

    private static JsonObject ValueOf(ParameterDefinition definition, NukeBuild build)
    {
        var element = ValueConverter.ElementTypeOf(definition.ValueType);
        var single = Single(Nullable.GetUnderlyingType(element ?? definition.ValueType) ?? element ?? definition.ValueType, definition, build);
        return element is null ? single : new JsonObject { ["type"] = "array", ["items"] = single };
    }

    private static JsonObject Single(Type type, ParameterDefinition definition, NukeBuild build)
    {
        if ((ValueConverter.ChoicesOf(type) ?? ProvidedValues(definition.Attribute, build)) is { } choices)
            return Choices(choices);
        if (definition.IsSecret)
            return new JsonObject { ["type"] = "string", ["default"] = "Secrets belong into the environment or an encrypted profile, not into this file" };
        return new JsonObject
        {
            ["type"] = Type.GetTypeCode(type) switch
            {
                TypeCode.Boolean => "boolean",
                TypeCode.Int16 or TypeCode.Int32 or TypeCode.Int64 => "integer",
                TypeCode.Single or TypeCode.Double or TypeCode.Decimal => "number",
                _ => "string",
            },
        };
    }

    private static IReadOnlyList<string>? ProvidedValues(ParameterAttribute? attribute, NukeBuild build)
    {
        if (attribute?.ValueProviderMember is not { } name)
            return null;
        const BindingFlags Any = BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic;
        var type = attribute.ValueProviderType ?? build.GetType();
        object? owner = type.IsInstanceOfType(build) ? build : null;
        var values = type.GetProperty(name, Any)?.GetValue(owner) ?? type.GetField(name, Any)?.GetValue(owner) ?? type.GetMethod(name, Any)?.Invoke(owner, null);
        return values is IEnumerable<object> many ? [.. many.Select(value => value.ToString()!)] : null;
    }
}
