using WasmWizard.Delivery.Gates.Audit;

namespace WasmWizard.Delivery.Tests.Gates;

public class SeveritySpecs
{
    [Theory]
    [InlineData("CRITICAL", Severity.Critical)]
    [InlineData("High", Severity.High)]
    [InlineData("MODERATE", Severity.Medium)]
    [InlineData("medium", Severity.Medium)]
    [InlineData("low", Severity.Low)]
    [InlineData("Negligible", Severity.Low)]
    [InlineData("important", Severity.Unknown)]
    [InlineData("", Severity.Unknown)]
    [InlineData(null, Severity.Unknown)]
    public void Databases_words_are_read_and_foreign_ones_are_unknown(string? word, Severity expected) => Assert.Equal(expected, SeverityWords.Read(word));

    [Fact]
    public void Two_reports_of_one_vulnerability_have_one_key() =>
        Assert.Equal(
            new Finding("ghsa-1", "newtonsoft.json", "12.0.1", Severity.High).Key,
            new Finding("GHSA-1", "Newtonsoft.Json", "12.0.1", Severity.Low) { Where = "elsewhere" }.Key);
}
