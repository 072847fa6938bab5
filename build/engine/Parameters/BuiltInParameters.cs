namespace WasmWizard.BuildEngine;

/// <summary>What every build understands.</summary>
internal static class BuiltInParameters
{
    public static readonly ParameterDefinition Target = CommandLine("Target", typeof(string[]), "Targets to run; the same as words before the first parameter.");
    public static readonly ParameterDefinition Skip = CommandLine("Skip", typeof(string[]), "Targets to leave out; without names everything that is not named.") with { MayBeBare = true };
    public static readonly ParameterDefinition Plan = CommandLine("Plan", typeof(bool), "Shows what would run and in which order, also as .nuke/temp/plan.html, and ends.");
    public static readonly ParameterDefinition List = CommandLine("List", typeof(bool), "Lists the targets, and ends.");
    public static readonly ParameterDefinition Explain = CommandLine("Explain", typeof(string), "Says why this target runs, may be skipped and is where it is in the order, and ends.");
    public static readonly ParameterDefinition Completion = CommandLine("Completion", typeof(string), "Prints the completion for bash, zsh, fish or pwsh, and ends.");
    public static readonly ParameterDefinition Encrypt = CommandLine("Encrypt", typeof(string), "Reads a secret's value from standard input, prints it encrypted for .nuke/parameters.json (with --profile: that file), and ends.");
    public static readonly ParameterDefinition Help = CommandLine("Help", typeof(bool), "Shows this text.");
    public static readonly ParameterDefinition Host = new("Host", typeof(string), "Where the build runs: Terminal or GitHubActions. Default: detected.");
    public static readonly ParameterDefinition Profile = new("Profile", typeof(string[]), "Values from .nuke/parameters.<profile>.json; the last one wins.");
    public static readonly ParameterDefinition Root = CommandLine("Root", typeof(string), "The folder that holds .nuke; alone, the current folder. Default: the nearest one upward.") with { MayBeBare = true };
    public static readonly ParameterDefinition NoLogo = new("NoLogo", typeof(bool), "Leaves out the first line.");
    public static readonly ParameterDefinition Jobs = new("Jobs", typeof(int), "How many targets run at once; 1 keeps to the plan's order. Default: the processors.");
    public static readonly ParameterDefinition NoCache = CommandLine("NoCache", typeof(bool), "Runs also what the cache could restore.");
    public static readonly ParameterDefinition VerifyCache = CommandLine("VerifyCache", typeof(bool), "Runs what the cache could restore, and fails where that makes other files.");
    public static readonly ParameterDefinition ExplainCache = CommandLine("ExplainCache", typeof(bool), "Shows what the cache would restore and why the rest would run, and ends.");
    public static readonly ParameterDefinition Continue = CommandLine("Continue", typeof(bool), "Skips what succeeded in the last attempt with the same parameters.");
    public static readonly ParameterDefinition Strict = CommandLine("Strict", typeof(bool), "Refuses a plan whose order is not the only one.");
    public static readonly ParameterDefinition Verbosity = new("Verbosity", typeof(Verbosity), "How much is printed. Default: Normal.");
    public static readonly ParameterDefinition Json = CommandLine("Json", typeof(bool), "Prints one JSON document on stdout and everything else on stderr.");
    public static readonly ParameterDefinition Partition = new("Partition", typeof(string), "The part of divided work to do, e.g. 1/3.");

    public static IReadOnlyList<ParameterDefinition> All { get; } =
        [Target, Skip, Plan, List, Explain, Completion, Encrypt, Help, Host, Profile, Root, NoLogo, Jobs, NoCache, VerifyCache, ExplainCache, Continue, Strict, Verbosity, Json, Partition];

    private static ParameterDefinition CommandLine(string name, Type type, string description) =>
        new(name, type, description) { IsCommandLineOnly = true };
}
