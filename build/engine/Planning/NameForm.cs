using System.Text;

namespace WasmWizard.BuildEngine;

/// <summary>The forms of a name: compared without dashes, underscores and case; written in kebab case.</summary>
internal static class NameForm
{
    /// <summary>Room for longer names is asked of the heap.</summary>
    private const int UsualLength = 64;

    /// <summary>Words that people write with an inner capital and read as one.</summary>
    private static readonly string[] s_wholeWords =
        ["AppVeyor", "DotNet", "GitHub", "GitLab", "GitVersion", "JetBrains", "MSBuild", "NuGet", "ReSharper", "SignPath", "TeamCity"];

    public static string Normalize(string name)
    {
        var letters = name.Length <= UsualLength ? stackalloc char[UsualLength] : new char[name.Length];
        var count = 0;
        foreach (var letter in name)
            if (char.IsLetterOrDigit(letter))
                letters[count++] = char.ToLowerInvariant(letter);
        return letters[..count].ToString();
    }

    public static string ToKebabCase(string name)
    {
        var text = new StringBuilder();
        name = name.Replace('_', '-');
        for (var index = 0; index < name.Length;)
        {
            var whole = WholeWordAt(name, index);
            var starts = whole is not null || StartsWord(name, index);
            if (starts && text.Length > 0 && text[^1] != '-')
                text.Append('-');
            var length = whole?.Length ?? 1;
            text.Append(name.AsSpan(index, length));
            index += length;
            if (whole is not null && index < name.Length && char.IsLetterOrDigit(name[index]))
                text.Append('-');
        }

        return text.ToString().ToLowerInvariant();
    }

    private static string? WholeWordAt(string name, int index)
    {
        if (char.IsUpper(name[index]))
            foreach (var word in s_wholeWords)
                if (name.AsSpan(index).StartsWith(word, StringComparison.Ordinal))
                    return word;
        return null;
    }

    private static bool StartsWord(string name, int index)
    {
        if (!char.IsUpper(name[index]) || index == 0)
            return false;
        var afterSmall = !char.IsUpper(name[index - 1]);
        var beforeSmall = index + 1 < name.Length && char.IsLower(name[index + 1]);
        return afterSmall || beforeSmall;
    }
}
