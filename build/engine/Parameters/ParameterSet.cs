using System.Reflection;
using System.Text.Json;
using WasmWizard.BuildEngine.IO;

namespace WasmWizard.BuildEngine;

/// <summary>All parameters of a run with the values that were given for them, resolved once, so that all faults are known at once.</summary>
internal sealed class ParameterSet
{
    private readonly Dictionary<string, object?> _values = [];
    private readonly Dictionary<string, string> _locked = [];
    private readonly BuildInvocation _invocation;
    private readonly CommandLine _commandLine;
    private readonly ParameterFiles _files;
    private readonly List<string> _faults;
    private readonly string _root;

    /// <summary>The names of the environment's variables that could be parameters, in order.</summary>
    private readonly List<string> _variables = [];

    public ParameterSet(
        IReadOnlyList<ParameterDefinition> definitions, BuildInvocation invocation, CommandLine commandLine, ParameterFiles files, string root, List<string> faults)
    {
        Definitions = definitions;
        (_invocation, _commandLine, _files, _root, _faults) = (invocation, commandLine, files, root, faults);
        foreach (var variable in invocation.EnvironmentVariables.Keys)
            if (EnvironmentNames.IsOurs(variable))
                _variables.Add(variable);
        _variables.Sort(StringComparer.Ordinal);
        var keys = new HashSet<string>();
        foreach (var definition in definitions)
            if (keys.Add(definition.Key) && Resolve(definition) is { } value)
                _values[definition.Key] = value;
    }

    public IReadOnlyList<ParameterDefinition> Definitions { get; }

    public object? ValueOf(ParameterDefinition definition) => _values.GetValueOrDefault(definition.Key);

    public object? ValueOf(MemberInfo member)
    {
        foreach (var definition in Definitions)
            if (Equals(definition.Member, member))
                return ValueOf(definition);
        return null;
    }

    public bool IsSet(ParameterDefinition definition) => ValueOf(definition) is true;

    /// <summary>The variable whose password would open the parameter's encrypted value; null when there is none to open.</summary>
    public string? LockedBy(ParameterDefinition definition) => _locked.GetValueOrDefault(definition.Key);

    /// <summary>Every value of a secret that was given anywhere.</summary>
    public IReadOnlyList<string> FindSecrets()
    {
        var secrets = new List<string>();
        foreach (var definition in Definitions)
        {
            if (!definition.IsSecret || ValueOf(definition) is not { } value)
                continue;
            if (value is IEnumerable<string> many)
                secrets.AddRange(many);
            else
                secrets.Add(value.ToString() ?? "");
        }

        return secrets;
    }

    private object? Resolve(ParameterDefinition definition)
    {
        if (_commandLine.Find(definition) is { } option)
            return FromOption(definition, option);
        if (definition.IsCommandLineOnly)
            return null;
        if (FromEnvironment(definition) is { } value)
            return value;
        return _files.Find(definition) is { } found ? FromFile(definition, found) : null;
    }

    private object? FromFile(ParameterDefinition definition, FileValue found)
    {
        if (definition.IsSecret && found.Json.ValueKind == JsonValueKind.String && EncryptedText.IsEncrypted(found.Json.GetString()!))
            return FromEncrypted(definition, found.FileName, found.Json.GetString()!);
        return Convert(definition, $"{definition.Name} in {RootDirectories.Marker}/{found.FileName}", () => ValueConverter.FromJson(found.Json, definition.ValueType, _root));
    }

    /// <summary>Without the password the value counts as not given, so that who does not need it is not asked; what requires it says which variable is missing.</summary>
    private object? FromEncrypted(ParameterDefinition definition, string fileName, string text)
    {
        var variable = EncryptedText.VariableOf(fileName);
        var source = $"{definition.Name} in {RootDirectories.Marker}/{fileName}";
        if (text.StartsWith(EncryptedText.NukePrefix, StringComparison.Ordinal))
        {
            _faults.Add($"{source} is encrypted as NUKE does it, with a fixed salt and no seal. Write it again: --encrypt {definition.Name} prints the value to put there.");
            return null;
        }

        if (_invocation.Variable(variable) is not { } password)
        {
            _locked[definition.Key] = variable;
            return null;
        }

        if (EncryptedText.TryDecrypt(text, definition.Name, password) is { } plain)
            return Convert(definition, source, () => ValueConverter.FromWords([plain], definition.ValueType, _root));
        _faults.Add($"{source} does not open with the password in {variable}: another password, or the value was changed or belongs to another name.");
        return null;
    }

    private object? FromOption(ParameterDefinition definition, CommandLineOption option)
    {
        var words = Split(definition, option.Values, splitBlanks: false);
        if (words.Count == 0 && definition.IsSwitch)
            return true;
        if (words.Count == 0 && definition.MayBeBare)
            return definition.IsCollection ? Array.Empty<string>() : "";
        if (words.Count == 0)
        {
            _faults.Add($"{option.Text} needs a value.");
            return null;
        }

        if (definition.IsSwitch && !bool.TryParse(words[0], out _))
        {
            _faults.Add($"{option.Text} is a switch: nothing but true or false may follow it. Write targets before the first parameter.");
            return null;
        }

        if (words.Count > 1 && !definition.IsCollection)
        {
            _faults.Add($"{option.Text} takes one value but {words.Count} words follow it. Write targets before the first parameter, and quote values with blanks.");
            return null;
        }

        return Convert(definition, option.Text, () => ValueConverter.FromWords(words, definition.ValueType, _invocation.WorkingDirectory));
    }

    private object? FromEnvironment(ParameterDefinition definition)
    {
        if (_variables.Count == 0)
            return null;
        var matches = _variables.Where(variable => EnvironmentNames.Matches(variable, definition)).ToList();
        if (matches.Select(match => _invocation.EnvironmentVariables[match]).Distinct().Count() > 1)
        {
            _faults.Add($"The environment gives {definition.Option} twice with different values: {string.Join(" and ", matches)}. Unset one.");
            return null;
        }

        if (matches.Count == 0 || _invocation.EnvironmentVariables[matches[0]] is not { } text || string.IsNullOrWhiteSpace(text))
            return null;
        var words = Split(definition, [text], splitBlanks: true);
        return Convert(definition, matches[0], () => ValueConverter.FromWords(words, definition.ValueType, _invocation.WorkingDirectory));
    }

    private object? Convert(ParameterDefinition definition, string source, Func<object?> convert)
    {
        try
        {
            return convert();
        }
        catch (ValueConverter.RefusedException refused)
        {
            _faults.Add($"{source} must be {refused.Message}{(definition.IsCollection ? " each" : "")}.");
            return null;
        }
    }

    private static IReadOnlyList<string> Split(ParameterDefinition definition, IReadOnlyList<string> words, bool splitBlanks)
    {
        if (!definition.IsCollection || (definition.Separator is null && !splitBlanks))
            return words;
        return [.. words.SelectMany(word => word.Split(definition.Separator ?? " ", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))];
    }
}

/// <summary>Environment variables count under one prefix only: a bare name such as VERSION or DATABASE belongs to somebody else.</summary>
internal static class EnvironmentNames
{
    public const string Prefix = "NUKE_";

    public static bool IsOurs(string variable) => variable.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase);

    public static bool Matches(string variable, ParameterDefinition definition) => IsOurs(variable) && NameForm.Normalize(variable[Prefix.Length..]) == definition.Key;
}
