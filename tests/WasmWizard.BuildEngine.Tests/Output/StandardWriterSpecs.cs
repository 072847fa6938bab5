namespace WasmWizard.Tests.BuildEngine.Output;

/// <summary>Whether the environment says UTF-8, in the order in which the runtime itself reads it.</summary>
public sealed class StandardWriterSpecs
{
    [Theory]
    [InlineData(true, null, null, "C.UTF-8")]
    [InlineData(true, null, null, "de_DE.utf8")]
    [InlineData(true, "en_US.UTF-8", "de_DE.ISO-8859-1", "C")]
    [InlineData(true, "", "", "en_US.UTF-8")]
    [InlineData(false, "C", "en_US.UTF-8", "en_US.UTF-8")]
    [InlineData(false, null, "de_DE.ISO-8859-1", "en_US.UTF-8")]
    [InlineData(false, null, null, "en_US.UTF-8@euro")]
    [InlineData(false, null, null, "utf8")]
    [InlineData(false, null, null, null)]
    public void The_first_locale_that_is_set_decides(bool isUtf8, string? all, string? messages, string? language)
    {
        var variables = new Dictionary<string, string?> { ["LC_ALL"] = all, ["LC_MESSAGES"] = messages, ["LANG"] = language };

        Assert.Equal(isUtf8, StandardWriters.SaysUtf8(variables.GetValueOrDefault));
    }
}
