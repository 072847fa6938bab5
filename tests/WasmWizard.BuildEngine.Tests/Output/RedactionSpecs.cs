using System.Text;

namespace WasmWizard.Tests.BuildEngine.Output;

/// <summary>Secrets are masked in every sink. NUKE masks tool arguments only.</summary>
public sealed class RedactionSpecs : IDisposable
{
    private const string Secret = "p4ss w/ord+&=\"ü\"";

    private readonly Sandbox _sandbox = new();

    public void Dispose() => _sandbox.Dispose();

    private sealed class Leaky : NotingBuild
    {
        [Parameter, Secret] private readonly string Password = "";
        [Parameter, Secret] private readonly string[] Keys = [];

        private Target Leak => _ => _.Executes(() =>
        {
            Log.Information("plain {Password}", Password);
            Log.Warning(new InvalidOperationException("inside " + Password), "with exception");
            Log.Information("base64 {Text}", Convert.ToBase64String(Encoding.UTF8.GetBytes(Password)));
            Log.Information("header {Text}", Convert.ToBase64String(Encoding.UTF8.GetBytes("user:" + Password)));
            Log.Information("url {Text}", Uri.EscapeDataString(Password));
            Log.Information("form {Text}", System.Net.WebUtility.UrlEncode(Password));
            Log.Information("keys {Text}", string.Join(' ', Keys));
            ProcessTasks.StartProcess("/bin/echo", $"{Password:r} inline-{"hidden-word":r}").AssertZeroExitCode();
            ProcessTasks.StartShell("echo \"$SECRET\"; echo \"$SECRET\" >&2", environmentVariables: new Dictionary<string, string> { ["SECRET"] = Password }).AssertZeroExitCode();
            ReportSummary(_ => _.AddPair("Leaked", Password));
            throw new InvalidOperationException("failed with " + Password);
        });
    }

    [Theory]
    [InlineData("")]
    [InlineData("true")]
    public void No_sink_shows_a_secret_in_any_form(string onGitHub)
    {
        _sandbox.Environment["NUKE_PASSWORD"] = Secret;
        _sandbox.Environment["NUKE_KEYS"] = "first-key second-key";
        _sandbox.Environment["GITHUB_ACTIONS"] = onGitHub;
        _sandbox.Environment["GITHUB_STEP_SUMMARY"] = _sandbox.Root / "summary.md";
        var result = _sandbox.Run<Leaky>("Leak");
        Assert.Equal(1, result.ExitCode);
        var sinks = new List<string> { result.Err, string.Join('\n', result.Out.Split('\n').Where(line => !line.StartsWith("::add-mask::", StringComparison.Ordinal))) };
        sinks.AddRange(_sandbox.Root.GlobFiles("**/*", ".nuke/**/*").Select(file => file.ReadAllText()));
        Assert.True(sinks.Count > 2);
        foreach (var sink in sinks)
            foreach (var form in new[]
            {
                Secret, Uri.EscapeDataString(Secret), System.Net.WebUtility.UrlEncode(Secret), Convert.ToBase64String(Encoding.UTF8.GetBytes(Secret)),
                Convert.ToBase64String(Encoding.UTF8.GetBytes("user:" + Secret)), "first-key", "second-key", "hidden-word",
            })
                Assert.DoesNotContain(form, sink);
        Assert.Contains("plain ***", result.Out);
        Assert.Equal(onGitHub == "true", result.Out.Contains("::add-mask::" + Secret, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("")]
    [InlineData("a")]
    [InlineData("ab")]
    [InlineData("longer prefix: ")]
    public void Base64_text_around_a_secret_keeps_nothing_of_it_readable(string prefix)
    {
        const string Long = "correct-horse-battery-staple";
        var redactor = new Redactor();
        Assert.True(redactor.Add(Long));
        Assert.False(redactor.Add(Long));
        Assert.False(redactor.Add("  "));
        var text = Convert.ToBase64String(Encoding.UTF8.GetBytes(prefix + Long + ":more"));
        var safe = redactor.Redact(text);
        Assert.Contains(Redactor.Mask, safe);
        Assert.True(safe.Length < text.Length - 25, safe);
    }

    [Fact]
    public void Each_line_of_a_long_secret_is_masked_alone()
    {
        var redactor = new Redactor();
        redactor.Add("-----BEGIN KEY-----\nabcdefghijkl\nmnopqrstuvwx\n-----END KEY-----");
        Assert.Equal("got ***", redactor.Redact("got mnopqrstuvwx"));
    }
}
