using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using WasmWizard.BuildEngine.Tooling;

namespace WasmWizard.BuildEngine;

/// <summary>The present values of what a target is made from. Contents and values appear as hashes, secrets only as given or not.</summary>
internal sealed class TargetInputs(NukeBuild build, BuildSession session)
{
    private readonly Lazy<string> _sdk = new(SdkIdentity);

    /// <summary>What can be known before the target runs: files, SDK, the program that defines it, its parameters that are fields.</summary>
    public Dictionary<string, string> Before(ExecutableTarget target)
    {
        var inputs = new Dictionary<string, string>
        {
            ["SDK"] = _sdk.Value,
            ["build program"] = string.Join(' ', target.Definition.Bodies.Append(typeof(TargetInputs).Module).Select(module => module.ModuleVersionId.ToString("N")).Distinct().Order(StringComparer.Ordinal)),
            ["globs"] = string.Join(' ', [.. target.Definition.Inputs, "->", .. target.Definition.Outputs]).Replace(session.Root, ".", StringComparison.Ordinal),
        };
        foreach (var file in InputFiles.Find(session.Root, target.Definition.Inputs))
            inputs[file] = InputFiles.HashOf(session.Root / file);
        // Nobody sees a field being read, so a parameter that is one counts as read.
        foreach (var definition in build.Parameters!.Definitions.Where(definition => definition.Member is { } member && !IsComputed(member)))
            inputs["parameter " + definition.Name] = Value("parameter " + definition.Name);
        return inputs;
    }

    /// <summary>The value of a name that <see cref="ReadTracker"/> gave.</summary>
    public string Value(string name)
    {
        var (kind, key) = name.Split(' ', 2) is [var first, var rest] ? (first, rest) : (name, "");
        return kind switch
        {
            "parameter" => ParameterValue(key),
            "variable" => session.Invocation.EnvironmentVariables.TryGetValue(key, out var value) ? Hash(value) : "not set",
            "program" => ProgramIdentity(key),
            _ => "",
        };
    }

    private string ParameterValue(string name)
    {
        var definition = build.Parameters!.Definitions.FirstOrDefault(definition => definition.Name == name);
        if (definition is null || build.Parameters.ValueOf(definition) is not { } value)
            return "not given";
        if (definition.IsSecret)
            return "given";
        return Hash(value is System.Collections.IEnumerable and not string
            ? string.Join('\n', ((System.Collections.IEnumerable)value).Cast<object?>().Select(Text))
            : Text(value));
    }

    private static string Text(object? value) => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";

    private static bool IsComputed(System.Reflection.MemberInfo member) => member is System.Reflection.PropertyInfo
        && member.DeclaringType!.GetField($"<{member.Name}>k__BackingField", System.Reflection.BindingFlags.Instance | System.Reflection.BindingFlags.NonPublic) is null;

    /// <summary>A program's version without starting it: size and time of its file. A new installation has others.</summary>
    private static string ProgramIdentity(string path)
    {
        var file = new FileInfo(path);
        file = file.Exists && file.ResolveLinkTarget(returnFinalTarget: true) is FileInfo { Exists: true } end ? end : file;
        return file.Exists ? string.Create(CultureInfo.InvariantCulture, $"{file.Length} bytes of {file.LastWriteTimeUtc:yyyy-MM-ddTHH:mm:ss}") : "not there";
    }

    /// <summary>What decides which SDK a child meets: the versions beside the host, and the file that chooses among them.</summary>
    private static string SdkIdentity()
    {
        var host = ToolPathResolver.DotNet;
        var file = new FileInfo(host);
        var real = file.Exists && file.ResolveLinkTarget(returnFinalTarget: true) is { } end ? end.FullName : file.FullName;
        var versions = Path.Combine(Path.GetDirectoryName(real) ?? "", "sdk");
        var chosen = BuildSession.Current.Root / "global.json";
        var installed = Directory.Exists(versions) ? Directory.GetDirectories(versions).Select(Path.GetFileName).Order(StringComparer.Ordinal) : Enumerable.Empty<string?>();
        return $"{string.Join(' ', installed)}{(File.Exists(chosen) ? $" by {InputFiles.HashOf(chosen)[..12]}" : "")}";
    }

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
