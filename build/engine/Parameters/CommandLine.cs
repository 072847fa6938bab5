namespace WasmWizard.BuildEngine;

/// <summary>One option of the command line with the words that follow it.</summary>
internal sealed record CommandLineOption(string Text, IReadOnlyList<string> Values)
{
    public string Key { get; } = NameForm.Normalize(Text);
}

/// <summary>The command line in its two halves: words before the first option are targets; an option takes the words after it.</summary>
internal sealed record CommandLine(IReadOnlyList<string> Words, IReadOnlyList<CommandLineOption> Options)
{
    public static CommandLine Parse(IEnumerable<string> arguments)
    {
        var words = new List<string>();
        var options = new List<CommandLineOption>();
        List<string>? values = null;
        foreach (var argument in arguments)
        {
            if (!IsOption(argument))
            {
                (values ?? words).Add(argument);
                continue;
            }

            values = [];
            var assignment = argument.IndexOf('=', StringComparison.Ordinal);
            if (assignment > 0)
                values.Add(argument[(assignment + 1)..]);
            options.Add(new CommandLineOption(assignment > 0 ? argument[..assignment] : argument, values));
        }

        var targets = new List<string>();
        foreach (var word in words)
            targets.AddRange(SplitTargets(word));
        return new CommandLine(targets, options);
    }

    /// <summary>Targets may be written as one word with plus signs.</summary>
    public static IEnumerable<string> SplitTargets(string word) =>
        word.Split('+', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <summary>The last occurrence wins.</summary>
    public CommandLineOption? Find(ParameterDefinition definition)
    {
        CommandLineOption? found = null;
        foreach (var option in Options)
            if (option.Key == definition.Key)
                found = option;
        return found;
    }

    /// <summary>A negative number is a value.</summary>
    private static bool IsOption(string argument) => argument.Length > 1 && argument[0] == '-' && !char.IsAsciiDigit(argument[1]);
}
