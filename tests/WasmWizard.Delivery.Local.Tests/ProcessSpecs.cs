using System.Diagnostics;
using WasmWizard.Delivery.Local.Protocol.Files;
using WasmWizard.Delivery.Local.Protocol.Processes;

namespace WasmWizard.Delivery.Local.Tests;

public sealed class ProcessSpecs : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("process-").FullName;

    private string Mark => $"{_folder}#one";

    [Fact]
    public async Task A_marked_process_is_found_by_its_folder_and_by_its_mark()
    {
        using var process = Start("sleep", "1000");

        await Fixtures.Waiting.Until(() => MarkedProcess.Find(_folder, Mark) is not null);

        Assert.Equal(process.Id, MarkedProcess.Find(_folder, Mark)!.Pid);
        Assert.Equal(process.Id, Assert.Single(MarkedProcess.All(mark => mark == Mark)).Pid);
        Assert.Null(MarkedProcess.Find(_folder, "another mark"));
        MarkedProcess.EndAll(mark => mark == Mark);
        await process.WaitForExitAsync();
        Assert.Null(MarkedProcess.Find(_folder, Mark));
    }

    [Fact]
    public async Task A_start_whose_intent_was_withdrawn_ends_by_itself()
    {
        using var process = Start("sleep", "1000", withIntent: false);

        await process.WaitForExitAsync();

        Assert.Equal(MarkedProcess.Withdrawn, process.ExitCode);
    }

    [Fact]
    public async Task Only_what_was_given_is_in_its_environment()
    {
        using var process = Start("env");

        await process.WaitForExitAsync();

        Assert.Equal(["GIVEN=yes", $"{MarkedProcess.Variable}={Mark}"], File.ReadAllLines(Path.Combine(_folder, "log")).Where(line => !line.StartsWith("PWD=", StringComparison.Ordinal)).Order());
    }

    [Fact]
    public void A_process_is_itself_only_with_its_start()
    {
        Assert.True(ProcessIdentity.Current.Lives);
        Assert.False((ProcessIdentity.Current with { Start = "1" }).Lives);
        Assert.Null(ProcessIdentity.Of(int.MaxValue));
        Signals.AskToEnd(new ProcessIdentity(int.MaxValue, "1"));
    }

    [Fact]
    public void The_clean_environment_is_an_allow_list()
    {
        var clean = CleanEnvironment.From(new Dictionary<string, string> { ["PATH"] = "/bin", ["TOKEN"] = "secret", ["RUNNER_TRACKING_ID"] = "1" });

        Assert.Equal(["DOTNET_EnableDiagnostics", "DOTNET_NOLOGO", "PATH"], clean.Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_file_is_replaced_as_a_whole_and_for_its_owner_only()
    {
        var path = Path.Combine(_folder, "file");
        AtomicFile.Write(path, "old"u8);
        AtomicFile.Write(path, "new"u8);

        Assert.Equal("new"u8.ToArray(), AtomicFile.Read(path));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
        Assert.Single(Directory.GetFiles(_folder));
        Assert.Null(AtomicFile.Read(Path.Combine(_folder, "absent")));
        Assert.Null(AtomicFile.Read(Path.Combine(_folder, "absent", "absent")));
        Assert.Throws<IOException>(() => Folders.Sync(Path.Combine(_folder, "absent")));
    }

    [Fact]
    public async Task What_is_held_is_held_by_one()
    {
        var path = Path.Combine(_folder, "guard");
        var held = Exclusive.TryHold(path)!;
        Assert.Null(Exclusive.TryHold(path));
        var next = Exclusive.Hold(path, CancellationToken.None);
        Assert.False(next.IsCompleted);

        await held.DisposeAsync();

        await (await next).DisposeAsync();
    }

    [Fact]
    public void A_log_is_read_from_its_end_and_kept_below_its_bound()
    {
        var path = Path.Combine(_folder, "log");
        File.WriteAllLines(path, Enumerable.Range(1, 1000).Select(line => $"line {line}"));
        Assert.Equal(["line 999", "line 1000"], LogFile.Tail(path, 2));

        LogFile.Bound(path, 1024 * 1024);
        Assert.Equal(1000, LogFile.Tail(path, 5000).Count);
        LogFile.Bound(path, 1024);

        Assert.Empty(LogFile.Tail(path, 10));
        Assert.Equal(["line 1000"], LogFile.Tail(path + ".1", 1));
        LogFile.Bound(Path.Combine(_folder, "absent"), 1);
        Assert.Empty(LogFile.Tail(Path.Combine(_folder, "absent"), 1));
    }

    public void Dispose()
    {
        MarkedProcess.EndAll(mark => mark == Mark);
        Directory.Delete(_folder, recursive: true);
    }

    private Process Start(string program, string? argument = null, bool withIntent = true)
    {
        if (withIntent)
            File.WriteAllText(Path.Combine(_folder, MarkedProcess.Intent), "{}");
        string[] command = argument is null ? [$"/usr/bin/{program}"] : [$"/usr/bin/{program}", argument];
        return MarkedProcess.Start(new Launch(
            Mark, _folder, command, "/", new Dictionary<string, string> { ["GIVEN"] = "yes" }, Path.Combine(_folder, "log")));
    }
}
