namespace WasmWizard.BuildEngine;

/// <summary>Completion of command lines: a snippet per shell, and the words that the snippets ask for.</summary>
internal static class Completion
{
    public static readonly IReadOnlyList<string> Shells = ["bash", "zsh", "fish", "pwsh"];

    /// <summary>What may stand where the cursor is, one per line.</summary>
    /// <param name="build">Knows targets and parameters.</param>
    /// <param name="words">The words before the cursor, without the program; the last one is being typed and may be empty.</param>
    public static IEnumerable<string> Candidates(NukeBuild build, IReadOnlyList<string> words)
    {
        var typed = words.Count > 0 ? words[^1] : "";
        var options = build.Parameters!.Definitions.Where(definition => definition.IsListed).DistinctBy(definition => definition.Key).ToList();
        if (typed.StartsWith('-'))
            return options.Select(definition => definition.Option).Where(option => option.StartsWith(typed, StringComparison.OrdinalIgnoreCase)).Order(StringComparer.Ordinal);
        var before = words.SkipLast(1).LastOrDefault(word => word.StartsWith('-'));
        var definition = before is null ? null : options.FirstOrDefault(option => option.Key == NameForm.Normalize(before));
        return ValuesOf(definition, before is null, build).Where(value => value.StartsWith(typed, StringComparison.OrdinalIgnoreCase));
    }

    public static string Snippet(string shell) => shell switch
    {
        "bash" => Bash,
        "zsh" => Zsh,
        "fish" => Fish,
        _ => PowerShell,
    };

    private static IEnumerable<string> ValuesOf(ParameterDefinition? definition, bool isTargetPlace, NukeBuild build)
    {
        if (isTargetPlace || definition == BuiltInParameters.Target || definition == BuiltInParameters.Skip || definition == BuiltInParameters.Explain)
            return build.Targets.Where(target => target.Listed).Select(target => target.Name).Order(StringComparer.Ordinal);
        if (definition == BuiltInParameters.Host)
            return HostDetection.Names;
        if (definition == BuiltInParameters.Completion)
            return Shells;
        return definition is null ? [] : ValueConverter.ChoicesOf(definition.ValueType) ?? [];
    }

    private const string Bash = """
        # In ~/.bashrc:  eval "$(./build.sh --completion bash)"
        _build_sh() {
          local IFS=$'\n'
          COMPREPLY=($("${COMP_WORDS[0]}" --complete "${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null))
        }
        complete -o default -F _build_sh build.sh ./build.sh
        """;

    private const string Zsh = """
        # In ~/.zshrc, after compinit:  eval "$(./build.sh --completion zsh)"
        _build_sh() {
          local -a found
          found=("${(@f)$("${words[1]}" --complete "${(@)words[2,CURRENT]}" 2>/dev/null)}")
          compadd -a found
        }
        compdef _build_sh build.sh ./build.sh
        """;

    private const string Fish = """
        # In ~/.config/fish/config.fish:  ./build.sh --completion fish | source
        complete -c build.sh -f -a '(set -l words (commandline -opc) (commandline -ct); $words[1] --complete $words[2..-1] 2>/dev/null)'
        """;

    private const string PowerShell = """
        # In $PROFILE:  ./build.ps1 --completion pwsh | Out-String | Invoke-Expression
        Register-ArgumentCompleter -Native -CommandName build.ps1, build.cmd, build.sh -ScriptBlock {
          param($word, $line, $cursor)
          $words = @($line.CommandElements | Select-Object -Skip 1 | ForEach-Object { $_.ToString() })
          if ($word -eq '') { $words += '' }
          & $line.CommandElements[0].ToString() --complete @words 2>$null | ForEach-Object { [System.Management.Automation.CompletionResult]::new($_) }
        }
        """;
}
