using System.Collections.Concurrent;
using System.Collections.Immutable;

namespace WasmWizard.BuildEngine.Tooling;

/// <summary>Runs a tool by its options.</summary>
internal static class ToolRun
{
    public static IReadOnlyCollection<Output> Execute(ToolOptions options)
    {
        using var process = Start(options);
        if (options.Get(ProcessOptions.ExitHandler) is Action<IProcess> judge)
            judge(process.AssertWaitForExit());
        else if (options.Get(ProcessOptions.ExitHandling, true))
            process.AssertZeroExitCode();
        else
            process.AssertWaitForExit();
        return process.Output;
    }

    /// <summary>Runs several calls, each run's output as one block when more than one may run at once.</summary>
    public static IReadOnlyCollection<(T Settings, IReadOnlyCollection<Output> Output)> ExecuteAll<T>(IEnumerable<T> calls, int degreeOfParallelism, bool completeOnFailure)
        where T : ToolOptions
    {
        var all = calls.ToList();
        var results = new (T, IReadOnlyCollection<Output>)[all.Count];
        var failures = new List<Exception>();
        var blocks = new Lock();
        using var stop = new CancellationTokenSource();
        // One after the other from the front: the caller's order decides what starts first.
        var order = Partitioner.Create(Enumerable.Range(0, all.Count), EnumerablePartitionerOptions.NoBuffering);
        Parallel.ForEach(order, new ParallelOptions { MaxDegreeOfParallelism = Math.Max(1, degreeOfParallelism) }, index =>
        {
            if (stop.IsCancellationRequested)
                return;
            var lines = new List<string>();
            try
            {
                var isBuffered = degreeOfParallelism > 1 && all[index].Get(ProcessOptions.LogOutput, true) && all[index].Get(ProcessOptions.Logger) is null;
                var call = isBuffered ? all[index].SetProcessLogger((_, text) => Add(lines, text)) : all[index];
                results[index] = (all[index], Execute(call));
            }
            catch (Exception exception)
            {
                lock (blocks)
                    failures.Add(exception);
                if (!completeOnFailure)
                    stop.Cancel();
            }
            finally
            {
                lock (blocks)
                    lines.ForEach(BuildSession.Current.Log.ToolLine);
            }
        });
        return failures.Count switch
        {
            0 => results,
            1 => throw failures[0],
            _ => throw new ProcessException(string.Join(System.Environment.NewLine, failures.Select(failure => failure.Message))),
        };
    }

    private static void Add(List<string> lines, string text)
    {
        lock (lines)
            lines.Add(text);
    }

    private static RunningProcess Start(ToolOptions options)
    {
        BuildSession.Current.Hide(options.Get(ProcessOptions.Secrets, ImmutableArray<string>.Empty));
        var toolPath = options.Get(ProcessOptions.ToolPath) as string ?? options.ToolPath;
        var line = string.Join(' ', options.Words().Select(ArgumentStringHandler.Quote));
        return RunningProcess.Start(new ProcessStart(toolPath, line, options.Get(ProcessOptions.WorkingDirectory) as string ?? ProcessTasks.DefaultWorkingDirectory)
        {
            EnvironmentVariables = options.Get<IReadOnlyDictionary<string, string>>(ProcessOptions.Environment, ImmutableSortedDictionary<string, string>.Empty),
            Timeout = options.Get(ProcessOptions.Timeout) as int?,
            LogOutput = options.Get(ProcessOptions.LogOutput) as bool?,
            LogInvocation = options.Get(ProcessOptions.LogInvocation) as bool?,
            Logger = options.Get(ProcessOptions.Logger) as Action<OutputType, string>,
        });
    }
}
