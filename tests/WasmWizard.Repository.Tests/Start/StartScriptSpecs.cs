namespace WasmWizard.Repository.Tests.Start;

/// <summary>build.sh compiles the build program when, and only when, the content that feeds it changed, and is invisible otherwise.</summary>
public sealed class StartScriptSpecs : IDisposable
{
    private static readonly string[] ToolFolders = ["/bin", "/usr/bin", "/usr/local/bin"];
    private readonly Clone _clone = new();

    public void Dispose() => _clone.Dispose();

    [UnixFact]
    public void The_second_start_compiles_nothing_and_says_nothing()
    {
        var first = _clone.Start();
        var second = _clone.Start("again");

        Assert.True(first.ExitCode == 0, first.Errors);
        Assert.Equal((0, "again", ""), (second.ExitCode, second.Output, second.Errors));
        Assert.Equal(1, _clone.Compilations);
    }

    /// <param name="areLooksRemembered">Whether files may be taken for what they were because they look as they did.</param>
    [UnixTheory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_changed_added_renamed_or_deleted_source_is_compiled_and_a_touched_one_is_not(bool areLooksRemembered)
    {
        if (areLooksRemembered)
            LetFilesBeOld();
        _clone.Start();
        Assert.Equal(areLooksRemembered ? 1 : 0, RememberedLooks);
        File.SetLastWriteTimeUtc(_clone.At("build/Program.sh"), DateTime.UtcNow.AddHours(1));
        AssertCompiles(false, "touch");

        // The same size and the same time as before: only the content tells.
        var time = File.GetLastWriteTimeUtc(_clone.At("src/WasmWizard.Delivery.Some/Some.txt"));
        _clone.Write("src/WasmWizard.Delivery.Some/Some.txt", "deF\n");
        File.SetLastWriteTimeUtc(_clone.At("src/WasmWizard.Delivery.Some/Some.txt"), time);
        AssertCompiles(true, "edit");

        File.Move(_clone.At("src/WasmWizard.Delivery.Some/Some.txt"), _clone.At("src/WasmWizard.Delivery.Some/An other.txt"));
        AssertCompiles(true, "rename");

        _clone.Write("Directory.Build.props", "<Project />\n");
        AssertCompiles(true, "add");

        File.Delete(_clone.At("src/WasmWizard.Delivery.Some/An other.txt"));
        AssertCompiles(true, "delete");

        _clone.Write("src/WasmWizard.Service/Other.txt", "changed\n");
        _clone.Write("src/WasmWizard.Delivery.Some/obj/left.txt", "left\n");
        _clone.Write("build/bin/left.txt", "left\n");
        AssertCompiles(false, "what does not feed the program");

        // Back to what was compiled before: that program is still there.
        _clone.Write("src/WasmWizard.Delivery.Some/An other.txt", "deF\n");
        AssertCompiles(false, "undo");
    }

    [UnixFact]
    public void Files_that_look_as_they_did_are_not_opened_and_others_are()
    {
        LetFilesBeOld();
        CountHashes();
        _clone.Start();
        var first = Hashes;
        _clone.Start();
        Assert.Equal((1, first), (RememberedLooks, Hashes));

        File.SetLastWriteTimeUtc(_clone.At("build/Program.sh"), DateTime.UtcNow.AddHours(-1));
        _clone.Start();
        Assert.Equal((1, 1), (RememberedLooks, _clone.Compilations));
        Assert.True(Hashes > first, "a touched file was not opened");
    }

    [UnixFact]
    public void Files_that_changed_a_moment_ago_could_change_again_unseen_and_are_opened_again()
    {
        CountHashes();
        _clone.Start();
        var first = Hashes;
        _clone.Start();

        Assert.Equal(0, RememberedLooks);
        Assert.True(Hashes > first, "files that changed a moment ago were not opened");
    }

    [UnixFact]
    public void Looks_are_remembered_of_the_plain_program_only()
    {
        LetFilesBeOld();
        _clone.Start();
        var other = new Dictionary<string, string> { ["BuildEngine"] = "Nuke" };

        _clone.StartIn(_clone.Root, other);
        Assert.Equal(2, _clone.Compilations);
        _clone.StartIn(_clone.Root, other);
        _clone.Start();

        Assert.Equal((1, 2), (RememberedLooks, _clone.Compilations));
    }

    [UnixFact]
    public void A_find_that_cannot_print_looks_leaves_it_at_hashing()
    {
        LetFilesBeOld();
        _clone.Shim("find", "for word; do if [ \"$word\" = -printf ]; then echo 'find: unknown primary' >&2; exit 1; fi; done; PATH=${PATH#*:} exec find \"$@\"");

        var first = _clone.Start();
        var second = _clone.Start("again");

        Assert.True(first.ExitCode == 0, first.Errors);
        Assert.Equal((0, "again", ""), (second.ExitCode, second.Output, second.Errors));
        Assert.Equal((0, 1), (RememberedLooks, _clone.Compilations));
    }

    [UnixFact]
    public void Arguments_arrive_as_they_were_typed_and_the_exit_code_comes_back()
    {
        var run = _clone.Start("Deploy", "", "two words", "$HOME", "`id`", "a\"b'c", "*", "--branch", "--", "-x", "\\", "42");

        Assert.Equal("Deploy||two words|$HOME|`id`|a\"b'c|*|--branch|--|-x|\\|42", run.Output);
        Assert.Equal(42, run.ExitCode);
    }

    [UnixFact]
    public void Standard_output_belongs_to_the_program_even_while_compiling()
    {
        var run = _clone.Start("{}");

        Assert.Equal("{}", run.Output);
        Assert.Contains("compiling the build program", run.Errors, StringComparison.Ordinal);
    }

    [UnixFact]
    public void The_program_takes_the_place_of_the_script_so_that_signals_reach_it()
    {
        _clone.Write("build/Program.sh", "echo $$\n");
        using var process = _clone.Launch(_clone.Root, new Dictionary<string, string>());

        Assert.Equal($"{process.Id}\n", Clone.Finish(process).Output);
    }

    [UnixFact]
    public void It_starts_from_any_folder_and_leaves_the_program_there()
    {
        _clone.Write("build/Program.sh", "pwd -P\n");
        var elsewhere = Directory.CreateTempSubdirectory("elsewhere-");
        try
        {
            var run = _clone.StartIn(elsewhere.FullName, new Dictionary<string, string> { ["CDPATH"] = "/" });

            Assert.True(run.ExitCode == 0, run.Errors);
            Assert.EndsWith(elsewhere.Name + "\n", run.Output, StringComparison.Ordinal);
        }
        finally
        {
            elsewhere.Delete(recursive: true);
        }
    }

    [UnixFact]
    public void Variables_of_the_pipeline_reach_the_program_unchanged_and_telemetry_is_off()
    {
        _clone.Write("build/Program.sh", "printf '%s|' \"$NUKE_BRANCH\" \"$DOTNET_CLI_TELEMETRY_OPTOUT\" \"$DOTNET_NOLOGO\"\n");

        var run = _clone.StartIn(_clone.Root, new Dictionary<string, string> { ["NUKE_BRANCH"] = "a b" });

        Assert.Equal("a b|1|1|", run.Output);
    }

    [UnixFact]
    public async Task Two_first_starts_at_once_both_run_a_whole_program_where_there_is_no_flock()
    {
        var tools = ToolsWithout("flock");
        using var one = _clone.Launch(_clone.Root, tools, "one");
        using var two = _clone.Launch(_clone.Root, tools, "two");
        var runs = await Task.WhenAll(Task.Run(() => Clone.Finish(one)), Task.Run(() => Clone.Finish(two)));

        Assert.True(runs[0] is { ExitCode: 0, Output: "one" }, runs[0].Errors);
        Assert.True(runs[1] is { ExitCode: 0, Output: "two" }, runs[1].Errors);
        Assert.Single(Directory.GetDirectories(_clone.At(".nuke/temp/build")));
    }

    [UnixFact]
    public void A_compilation_that_was_killed_leaves_nothing_that_has_to_be_cleared()
    {
        // What kill -9 leaves: a half-written folder, a lock file without a holder, a program folder without its record.
        Directory.CreateDirectory(_clone.At(".nuke/temp/build/new.1"));
        _clone.Write(".nuke/temp/build/lock", "");
        _clone.Start();
        var whole = Directory.GetFiles(_clone.At(".nuke/temp/build"), "host", SearchOption.AllDirectories).Single();
        File.Delete(whole);

        var run = _clone.Start("works");

        Assert.Equal((0, "works"), (run.ExitCode, run.Output));
        Assert.Equal(2, _clone.Compilations);
    }

    [UnixFact]
    public void Sources_that_change_while_they_are_compiled_are_compiled_again()
    {
        _clone.Shim("dotnet",
            Clone.StandInSdk +
            """

            if [ "$1" = --output ]; then echo 'printf newer' >"${project%/*}/Program.sh"; fi
            """);

        Assert.Equal("newer", _clone.Start().Output);
    }

    [UnixFact]
    public void Without_an_SDK_and_without_a_network_it_says_what_is_missing_and_exits_2()
    {
        _clone.Shim("curl", "echo 'curl: (6) Could not resolve host' >&2; exit 6");

        var run = _clone.StartIn(_clone.Root, ToolsWithout("dotnet"));

        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        Assert.Contains("no dotnet there", run.Errors, StringComparison.Ordinal);
        Assert.Contains("Could not resolve host", run.Errors, StringComparison.Ordinal);
        Assert.Contains("Required: .NET SDK 10.0.100", run.Errors, StringComparison.Ordinal);
        Assert.Contains("nothing was started", run.Errors, StringComparison.Ordinal);
        Assert.Contains("https://dotnet.microsoft.com/download", run.Errors, StringComparison.Ordinal);
    }

    [UnixFact]
    public void Without_a_fitting_SDK_the_official_installer_puts_one_into_the_clone()
    {
        // The download is an installer of ours that installs the SDK of this machine as a wrapper.
        _clone.Shim("curl",
            """
            while [ "$1" != -o ]; do shift; done
            cat >"$2" <<'SCRIPT'
            [ "$1" = --jsonfile ] && [ -f "$2" ] && [ "$3" = --install-dir ] && [ "$5" = --no-path ] || exit 9
            mkdir -p "$4"
            cp "$STAND_IN" "$4/dotnet"
            SCRIPT
            """);
        var tools = ToolsWithout("dotnet");
        tools["STAND_IN"] = Path.Combine(_clone.Shims, "dotnet");

        var first = _clone.StartIn(_clone.Root, tools, "ok");
        var second = _clone.StartIn(_clone.Root, tools, "ok");

        Assert.True(first is { ExitCode: 0, Output: "ok" }, first.Errors);
        Assert.Contains("installing one into .dotnet/", first.Errors, StringComparison.Ordinal);
        Assert.Equal((0, "ok", ""), (second.ExitCode, second.Output, second.Errors));
        Assert.Equal([".dotnet"], Directory.GetDirectories(_clone.Root, ".dotnet*").Select(Path.GetFileName));
    }

    private int RememberedLooks => Directory.GetFiles(_clone.At(".nuke/temp/build"), "looks-*").Length;

    private int Hashes => File.ReadLines(HashCalls).Count();

    private string HashCalls => Path.Combine(_clone.Shims, "..", "hashes");

    /// <summary>The script asks what time it is; files are young when they changed two seconds before, or later.</summary>
    private void LetFilesBeOld() => _clone.Shim("date", "echo $(($(PATH=${PATH#*:} date +%s) + 60))");

    private void CountHashes() => _clone.Shim("b2sum", $"echo >>'{HashCalls}'; PATH=${{PATH#*:}} exec b2sum \"$@\"");

    private void AssertCompiles(bool compiles, string after)
    {
        var before = _clone.Compilations;
        var run = _clone.Start();
        Assert.True(run.ExitCode == 0, run.Errors);
        Assert.True(_clone.Compilations - before == (compiles ? 1 : 0), $"{after}: {_clone.Compilations - before} compilations");
    }

    // A PATH of links to every tool of the machine and of the clone, but for one.
    private Dictionary<string, string> ToolsWithout(string missing)
    {
        var tools = Directory.CreateDirectory(Path.Combine(_clone.Shims, "..", "tools")).FullName;
        foreach (var folder in ToolFolders.Prepend(_clone.Shims).Where(Directory.Exists))
        {
            foreach (var tool in Directory.GetFiles(folder))
            {
                var link = Path.Combine(tools, Path.GetFileName(tool));
                if (Path.GetFileName(tool) != missing && !File.Exists(link))
                    File.CreateSymbolicLink(link, tool);
            }
        }
        return new() { ["PATH"] = tools };
    }
}
