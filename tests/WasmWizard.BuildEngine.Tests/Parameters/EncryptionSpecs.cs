namespace WasmWizard.Tests.BuildEngine.Parameters;

/// <summary>Secrets in parameters files. Stricter than NUKE: random salt, sealed, bound to the name; its own form is told and not read.</summary>
public sealed class EncryptionSpecs : IDisposable
{
    /// <summary>Within salt, nonce, tag or text: every byte is sealed.</summary>
    private const int Middle = 40;

    private readonly Sandbox _sandbox = new();

    public void Dispose() => _sandbox.Dispose();

    private sealed class Shop : NotingBuild
    {
        [Parameter, Secret] private readonly string? ApiKey;
        [Parameter, Secret] private readonly string? OtherKey;
        [Parameter] private readonly string? Open;

        private Target Show => _ => _.Executes(() => Notes.Add($"{ApiKey ?? "none"} {OtherKey ?? "none"} {Open ?? "none"}"), () => Log.Information("key {Key}", ApiKey));
        private Target Needs => _ => _.Requires(() => ApiKey).Executes(Note("Needs"));
    }

    private RunResult Encrypt(string value, string options = "--encrypt ApiKey")
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var notes = Notes.Begin();
        var exitCode = NukeBuild.Execute<Shop>(_sandbox.Invocation(options, output, error) with { StandardInput = () => new StringReader(value + "\n") });
        return new RunResult(exitCode, output.ToString().Trim(), error.ToString(), [.. notes]);
    }

    private void File(string json, string name = "parameters.json") => (_sandbox.Root / ".nuke" / name).WriteAllText(json);

    [Fact]
    public void What_was_encrypted_opens_with_the_password_and_is_masked()
    {
        _sandbox.Environment["PARAMS_KEY"] = "correct horse";
        var encrypted = Encrypt("value-of-the-key").Out;
        Assert.Matches("^v2:[A-Za-z0-9+/]+=*$", encrypted);
        Assert.NotEqual(encrypted, Encrypt("value-of-the-key").Out);
        File($$"""{ "ApiKey": "{{encrypted}}", "Open": "v2:open" }""");
        var result = _sandbox.Run<Shop>("Show");
        Assert.Equal(["value-of-the-key none v2:open"], result.Notes);
        Assert.Contains("key ***", result.Out);
    }

    [Fact]
    public void A_profile_has_a_password_of_its_own()
    {
        _sandbox.Environment["PARAMS_PRE_PROD_KEY"] = "battery staple";
        File("{}", "parameters.pre-prod.json");
        var encrypted = Encrypt("deep", "--encrypt api-key --profile pre-prod").Out;
        File($$"""{ "ApiKey": "{{encrypted}}" }""", "parameters.pre-prod.json");
        Assert.Equal(["deep none none"], _sandbox.Run<Shop>("Show --profile pre-prod").Notes);
    }

    [Fact]
    public void Without_the_password_only_what_requires_it_asks()
    {
        _sandbox.Environment["PARAMS_KEY"] = "correct horse";
        File($$"""{ "ApiKey": "{{Encrypt("deep").Out}}" }""");
        _sandbox.Environment.Remove("PARAMS_KEY");
        Assert.Equal(["none none none"], _sandbox.Run<Shop>("Show").Notes);
        var result = _sandbox.Run<Shop>("Needs");
        Assert.Equal(2, result.ExitCode);
        Assert.Contains("Needs requires a value of ApiKey: set PARAMS_KEY to the password that opens it, or NUKE_API_KEY to the value.", result.Err);
    }

    [Theory]
    [InlineData("password")]
    [InlineData("changed")]
    [InlineData("moved")]
    [InlineData("cut")]
    [InlineData("nuke")]
    public void What_is_not_exactly_what_was_encrypted_is_refused(string how)
    {
        _sandbox.Environment["PARAMS_KEY"] = "correct horse";
        var encrypted = Encrypt("deep").Out;
        var name = how == "moved" ? "OtherKey" : "ApiKey";
        var text = how switch
        {
            "changed" => "v2:" + Convert.ToBase64String([.. Convert.FromBase64String(encrypted[3..]).Select((part, index) => index == Middle ? (byte)(part ^ 1) : part)]),
            "cut" => encrypted[..20],
            "nuke" => "v1:c29tZXRoaW5n",
            _ => encrypted,
        };
        if (how == "password")
            _sandbox.Environment["PARAMS_KEY"] = "incorrect horse";
        File($$"""{ "{{name}}": "{{text}}" }""");
        var result = _sandbox.Run<Shop>("Show");
        Assert.Equal(2, result.ExitCode);
        Assert.Contains(how == "nuke" ? "is encrypted as NUKE does it" : $"{name} in .nuke/parameters.json does not open with the password in PARAMS_KEY", result.Err);
    }

    [Fact]
    public void Encrypting_needs_a_secret_a_password_and_a_value()
    {
        Assert.Contains("PARAMS_KEY is not set", Encrypt("deep").Err);
        _sandbox.Environment["PARAMS_KEY"] = "correct horse";
        Assert.Contains("Standard input is empty", Encrypt("").Err);
        Assert.Contains("ApiKy is no secret of this build. Did you mean ApiKey?", Encrypt("deep", "--encrypt ApiKy").Err);
        Assert.Contains("Open is no secret of this build.", Encrypt("deep", "--encrypt Open").Err);
    }
}
