using System.Text;
using CliWrap;

namespace WasmWizard.Delivery.SupplyChain.Tools;

/// <summary>A command of this machine, run with an argument list and never through a shell.</summary>
/// <param name="path">Full path.</param>
public sealed class Tool(string path)
{
    /// <summary>A tool that has not answered after this long is ended: nothing here works on more than some megabytes.</summary>
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(10);

    /// <summary>The file's name, for messages.</summary>
    public string Name => Path.GetFileName(path);

    /// <summary>Looks along <c>PATH</c>; null when the machine has no such command.</summary>
    public static Tool? Find(string name) => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .SelectMany(folder => OperatingSystem.IsWindows() ? [Path.Combine(folder, name + ".exe")] : new[] { Path.Combine(folder, name) })
        .Where(File.Exists)
        .Select(file => new Tool(file))
        .FirstOrDefault();

    /// <param name="arguments">Passed as they are.</param>
    /// <param name="folder">Working folder; null for the current one.</param>
    /// <param name="variables">Added to the environment; null removes one.</param>
    /// <param name="cancellation">Ends the tool.</param>
    public async Task<ToolOutput> RunAsync(
        IReadOnlyList<string> arguments, string? folder = null, IReadOnlyDictionary<string, string?>? variables = null, CancellationToken cancellation = default)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        deadline.CancelAfter(Deadline);
        using var output = new MemoryStream();
        var errors = new StringBuilder();
        try
        {
            var result = await Cli.Wrap(path)
                .WithArguments(arguments)
                .WithWorkingDirectory(folder ?? Directory.GetCurrentDirectory())
                .WithEnvironmentVariables(variables ?? new Dictionary<string, string?>())
                .WithValidation(CommandResultValidation.None)
                .WithStandardOutputPipe(PipeTarget.ToStream(output))
                .WithStandardErrorPipe(PipeTarget.ToStringBuilder(errors))
                .ExecuteAsync(deadline.Token);
            return new(Name, result.ExitCode, output.ToArray(), errors.ToString());
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new CorruptDataException($"{Name} did not end within {Deadline.TotalMinutes:0} minutes", $"run {Name} by hand");
        }
    }
}

/// <summary>What a tool left behind.</summary>
public sealed record ToolOutput(string Tool, int ExitCode, byte[] Output, string Errors)
{
    public string Text => Encoding.UTF8.GetString(Output);

    /// <summary>The last line that the tool wrote to its error stream, for messages; what it printed otherwise.</summary>
    public string Complaint =>
        (Lines(Errors) is [.., var last] ? last : Lines(Text) is [.., var other] ? other : "") is { Length: > 0 } line ? $"exit code {ExitCode}: {line}" : $"exit code {ExitCode}";

    private static string[] Lines(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
