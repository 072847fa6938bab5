using System.Text.Json.Nodes;
using WasmWizard.Tests.BuildEngine.Scheduling;

namespace WasmWizard.Tests.BuildEngine.Output;

/// <summary>What can be asked instead of run, and what a run leaves for programs. NUKE has a page that needs a browser, and a table.</summary>
public sealed class QuestionSpecs : IDisposable
{
    private readonly Sandbox _sandbox = new();

    public void Dispose() => _sandbox.Dispose();

    private sealed class Shop : NotingBuild
    {
        [Parameter, Secret] private readonly string Key = "";

        private Target Clean => _ => _.Description("Empty <folders> & more").Before(Restore).Alone().Executes(Note("Clean"));
        private Target Restore => _ => _.Executes(Note("Restore"));
        private Target Compile => _ => _.DependsOn(Restore).Lock("obj").Executes(Note("Compile"));
        private Target Format => _ => _.DependsOn(Restore).Lock("obj").OnlyWhenStatic(() => Key.Length > 0, "a key is there").Executes(Note("Format"));
        public Target Verify => _ => _.DependsOn(Compile, Format).Triggers(Report).Executes(Note("Verify"));
        private Target Report => _ => _.AssuredAfterFailure().OnlyWhenDynamic(() => true).Inputs("src/**").Outputs("out/**").Executes(() => (RootDirectory / "out" / "x").WriteAllText("x"));
        private Target Hidden => _ => _.Unlisted().Executes(Note("Hidden"));
    }

    [Fact]
    public void The_plan_is_a_tree_with_places_and_reasons()
    {
        var text = _sandbox.Run<Shop>("Verify Clean --plan").Out.ReplaceLineEndings("\n");
        // The numbers depend on the planner, which other tests hold; here the shape counts, and that two branches of one rank may swap.
        var shape = string.Join('\n', text.Split('\n').Where(line => char.IsDigit(line.FirstOrDefault())).Select(line => line[1..].Trim()));
        Assert.StartsWith("Verify  asked for\n├─ Report  triggered by Verify; only when true; assured; cached\n├─ ", shape);
        Assert.Contains("─ Compile  locks obj\n", shape);
        Assert.Contains("─ Format  only when a key is there; locks obj\n", shape);
        Assert.Contains("│  └─ Restore  after Clean\n└─ ", shape);
        Assert.EndsWith("└─ Restore\nClean  asked for; alone", shape);
        Assert.Contains("\n1  Clean", text);
    }

    [Fact]
    public void The_page_is_whole_in_itself_and_shows_every_target_and_edge()
    {
        _sandbox.Environment["NUKE_KEY"] = "secret-key-word";
        _sandbox.Run<Shop>("Verify Clean");
        var result = _sandbox.Run<Shop>("Verify Clean --plan --key secret-key-word");
        var page = (_sandbox.Root / ".nuke" / "temp" / "plan.html").ReadAllText();
        Assert.Contains("plan.html", result.Out);
        Assert.Contains("< 1 s when everything runs", result.Out);
        Assert.DoesNotContain("http", page.Replace("http-equiv", "", StringComparison.Ordinal));
        Assert.DoesNotContain("secret-key-word", page);
        Assert.Contains("Empty &lt;folders&gt; &amp; more", page);
        Assert.Contains("prefers-color-scheme: dark", page);
        Assert.Equal(6, page.Split("<g class=\"target").Length - 1);
        Assert.Equal((4, 1, 1), (Edges("needs"), Edges("after"), Edges("triggered")));
        Assert.Contains("<td data-title=\"Condition\">only when a key is there", page);
        Assert.Contains("<th>Triggered by", page);
        _sandbox.Run<Shop>("Clean --plan");
        Assert.DoesNotContain("<th>Triggered by", (_sandbox.Root / ".nuke" / "temp" / "plan.html").ReadAllText());

        int Edges(string kind) => page.Split($"<path class=\"edge {kind}\"").Length - 1;
    }

    [Theory]
    [InlineData("Verify Clean --plan", 40)]
    [InlineData("--help", 60)]
    public void Texts_are_broken_to_fit_a_terminal(string commandLine, int columns)
    {
        using var output = new StringWriter();
        Notes.Begin();
        _sandbox.Environment["NO_COLOR"] = "1";
        NukeBuild.Execute<Shop>(_sandbox.Invocation($"{commandLine} --no-logo", output, output) with { OutputIsTerminal = true, Columns = () => columns }, x => x.Verify);
        var lines = output.ToString().ReplaceLineEndings("\n").Split('\n').Where(line => !line.Contains("plan.html", StringComparison.Ordinal)).ToList();
        Assert.All(lines, line => Assert.True(line.Length <= columns, line));
        Assert.True(lines.Count > 8);
    }

    [Fact]
    public void No_line_of_the_drawing_runs_behind_a_box_and_no_two_boxes_meet()
    {
        for (var seed = 0; seed < 100; seed++)
        {
            var plan = new RandomGraph(seed).Plan;
            var edges = plan.SelectMany((target, to) => target.ExecutionEdges.Concat(target.OrderEdges).Select(before => (from: plan.ToList().IndexOf(before), to))).Where(edge => edge.from >= 0).Distinct().Select(edge => new PlanEdge(edge.from, edge.to, "needs")).ToList();
            var layout = PlanLayout.Of(plan, Predecessors.Positions(plan), edges);
            foreach (var edge in edges)
            {
                var (start, end, way) = (layout.Boxes[edge.From], layout.Boxes[edge.To], layout.Ways[edge]);
                Assert.Equal(way.OrderBy(lane => lane.Left), way);
                Assert.All(layout.Boxes.Where(box => box.Left > start.Left && box.Left < end.Left), box =>
                {
                    var lane = Assert.Single(way, lane => lane.Left == box.Left);
                    Assert.False(lane.Middle >= box.Top && lane.Middle <= box.Top + box.Height, $"seed {seed}, edge {edge}, box {box}");
                });
            }

            Assert.All(layout.Boxes, box => Assert.DoesNotContain(layout.Boxes, other => other.Position > box.Position && other.Left == box.Left && Math.Abs(other.Top - box.Top) < box.Height));
            Assert.All(layout.Boxes, box => Assert.True(box.Right < layout.Width && box.Top + box.Height < layout.Height, $"seed {seed}"));
        }
    }

    [Fact]
    public void The_plan_as_JSON_has_what_a_scheduler_needs()
    {
        var plan = JsonNode.Parse(_sandbox.Run<Shop>("Verify --plan --json").Out)!["plan"]!.AsArray();
        var format = plan.Single(target => (string?)target!["name"] == "Format")!;
        Assert.Equal("""["Restore"]""", format["waitsFor"]!.ToJsonString());
        Assert.Equal("""["a key is there"]""", format["onlyWhen"]!.ToJsonString());
        Assert.Equal("""["obj"]""", format["locks"]!.ToJsonString());
        var report = plan.Single(target => (string?)target!["name"] == "Report")!;
        Assert.Equal("true true", $"{report["assured"]!.ToJsonString()} {report["cached"]!.ToJsonString()}");
        Assert.Null(report["lastSeconds"]);
    }

    [Fact]
    public void The_list_has_the_listed_targets()
    {
        var text = _sandbox.Run<Shop>("--list");
        Assert.Contains("Empty <folders> & more", text.Out);
        Assert.DoesNotContain("Hidden", text.Out);
        Assert.DoesNotContain("--skip", text.Out);
        Assert.Empty(text.Notes);
        Assert.Equal(6, JsonNode.Parse(_sandbox.Run<Shop>("--list --json").Out)!["targets"]!.AsArray().Count);
    }

    [Theory]
    [InlineData("Verify --explain Restore", "<- Verify.|Would wait for Clean (only order: Before or After), which is not part of this plan, so this order does not bind.|Compile waits for it.|Format waits for it.")]
    [InlineData("Verify --explain verify", "Runs because the command line asks for it.|Waits for Compile (needs it: DependsOn).|Report waits for it.")]
    [InlineData("Verify --explain Format", "Is skipped, before anything runs, unless a key is there.|When skipped, what only it needs is skipped too: of Restore those that nothing else needs.|Never beside Compile (lock obj).")]
    [InlineData("Verify --explain Report", "Waits for Verify (it triggers this one).|Is skipped, when its turn comes, unless true.|Runs also after a failure and after Ctrl+C.|--explain-cache says whether it would be.")]
    [InlineData("Verify --explain Clean", "Is not part of this plan; nothing needs it, so only the command line can ask for it.|Nothing runs beside it (Alone).")]
    [InlineData("Restore --explain Compile", "Is not part of this plan; it joins a plan with Verify.")]
    [InlineData("--explain Verify", "Runs because it is the default and the command line asks for nothing.")]
    public void Explaining_a_target_says_why_when_and_when_not(string commandLine, string lines)
    {
        var result = _sandbox.Run<Shop>(commandLine, x => x.Verify);
        Assert.Equal(0, result.ExitCode);
        Assert.Empty(result.Notes);
        Assert.All(lines.Split('|'), line => Assert.Contains(line, result.Out));
    }

    [Fact]
    public void Explaining_tells_of_the_last_run_and_of_names_that_are_not()
    {
        _sandbox.Run<Shop>("Verify");
        Assert.Contains("Last run: Skipped, not met: a key is there, 0 s.", _sandbox.Run<Shop>("Verify --explain Format").Out);
        Assert.Contains("a key is there", JsonNode.Parse(_sandbox.Run<Shop>("Verify --explain Format --json").Out)!["lines"]!.ToJsonString());
        (_sandbox.Root / "artifacts" / "last-run.json").WriteAllText("no json");
        Assert.DoesNotContain("Last run", _sandbox.Run<Shop>("Verify --explain Format").Out);
        var unknown = _sandbox.Run<Shop>("Verify --explain Formt");
        Assert.Equal(2, unknown.ExitCode);
        Assert.Contains("Unknown target Formt. Did you mean Format?", unknown.Err);
    }

    [Fact]
    public void A_run_leaves_its_facts_and_a_trace()
    {
        _sandbox.Environment["NUKE_KEY"] = "secret-key-word";
        _sandbox.Run<Shop>("Verify --jobs 2 --key secret-key-word");
        var text = (_sandbox.Root / "artifacts" / "last-run.json").ReadAllText();
        var run = JsonNode.Parse(text)!;
        Assert.DoesNotContain("secret-key-word", text);
        Assert.Equal("0 2", $"{run["exitCode"]} {run["jobs"]}");
        Assert.Equal("Verify", (string?)run["arguments"]![0]);
        Assert.StartsWith("""["Restore",""", run["criticalPath"]!.ToJsonString().ReplaceLineEndings(""));
        Assert.EndsWith(""","Report"]""", run["criticalPath"]!.ToJsonString());
        Assert.All(run["targets"]!.AsArray(), target => Assert.Equal("Succeeded", (string?)target!["status"]));

        var events = JsonNode.Parse((_sandbox.Root / ".nuke" / "temp" / "trace.json").ReadAllText())!["traceEvents"]!.AsArray();
        Assert.Equal(["Compile", "Format", "Report", "Restore", "Verify"], events.Where(step => (string?)step!["ph"] == "X").Select(step => (string)step!["name"]!).Order(StringComparer.Ordinal));
        Assert.All(events.Where(step => (string?)step!["ph"] == "X"), step => Assert.True((double)step!["dur"]! >= 0 && (int)step["pid"]! == 1));
        Assert.Contains(events, step => (string?)step!["ph"] == "M" && (string?)step["args"]!["name"] == "job 1");
    }
}
