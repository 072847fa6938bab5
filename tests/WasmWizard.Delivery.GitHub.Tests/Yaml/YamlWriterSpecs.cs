using WasmWizard.Delivery.Yaml;
using Xunit.Abstractions;
using YamlDotNet.RepresentationModel;
using YamlDotNet.Serialization;

namespace WasmWizard.Delivery.GitHub.Tests.Yaml;

public sealed class YamlWriterSpecs(ITestOutputHelper output)
{
    [Theory]
    [InlineData("plain words", "plain words")]
    [InlineData("./build.sh Test --branch \"$BASE\"", "./build.sh Test --branch \"$BASE\"")]
    [InlineData("${{ github.ref }}", "${{ github.ref }}")]
    [InlineData("", "''")]
    [InlineData("true", "'true'")]
    [InlineData("No", "'No'")]
    [InlineData("null", "'null'")]
    [InlineData("1.20", "'1.20'")]
    [InlineData(".5", "'.5'")]
    [InlineData("2026-11-22", "'2026-11-22'")]
    [InlineData("a: b", "'a: b'")]
    [InlineData("ends:", "'ends:'")]
    [InlineData("a # b", "'a # b'")]
    [InlineData("a#b", "a#b")]
    [InlineData("*star", "'*star'")]
    [InlineData("- dash", "'- dash'")]
    [InlineData("it's", "it's")]
    [InlineData("'quoted'", "'''quoted'''")]
    [InlineData(" edge ", "' edge '")]
    [InlineData("tab\there", "\"tab\\there\"")]
    [InlineData("bell\u0007", "\"bell\\u0007\"")]
    public void Text_is_quoted_only_where_a_reader_could_take_it_for_something_else(string text, string written)
    {
        Assert.Equal($"key: {written}\n", Write(text));
    }

    [Fact]
    public void Several_lines_become_a_block_that_keeps_its_last_newline_or_its_absence()
    {
        Assert.Equal("key: |\n  one\n\n    two\n", Write("one\n\n  two\n"));
        Assert.Equal("key: |-\n  one\n  two\n", Write("one\ntwo"));
    }

    [Fact]
    public void Numbers_and_booleans_are_not_text()
    {
        var text = YamlWriter.Write(new([new("a", (YamlScalar)20), new("b", (YamlScalar)false)]), []);

        Assert.Equal("a: 20\nb: false\n", text);
    }

    [Fact]
    public void Comments_stand_above_what_they_explain_and_notes_behind_it()
    {
        var items = new YamlItems([new([new("uses", (YamlScalar)"x@1" with { Note = "v1" }) { Comment = ["why"] }, new("with", new YamlMap([]))])]);

        var text = YamlWriter.Write(new([new("a", null) { Comment = ["first", ""] }, new("b", items) { Spaced = true }]), ["head"]);

        Assert.Equal("# head\n# first\n#\na:\n\nb:\n  # why\n  - uses: x@1 # v1\n    with: {}\n", text);
    }

    [Fact]
    public void A_short_list_stands_on_one_line_with_its_own_quoting()
    {
        Assert.Equal("key: [a, 'b, c', '${{ d }}']\n", YamlWriter.Write(new([new("key", new YamlInline(["a", "b, c", "${{ d }}"]))]), []));
    }

    [Fact]
    public void A_reader_gets_back_exactly_the_text_that_was_written()
    {
        const int Seed = 20261122;
        output.WriteLine($"seed {Seed}");
        var random = new Random(Seed);
        const string Alphabet = "abZ019 \n\t:#-'\"{}[],&*!|>%@`\\$.~=?<+/_()\rü\u2028\u0085\uFEFF";
        for (var i = 0; i < 5_000; i++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(12)).Select(_ => Alphabet[random.Next(Alphabet.Length)]));
            var stream = new YamlStream();
            var written = YamlWriter.Write(new([new("key", (YamlScalar)text), new("list", new YamlInline([text, "x"]))]), []);
            stream.Load(new StringReader(written));

            var root = (YamlMappingNode)stream.Documents.Single().RootNode;
            Assert.True(text == root["key"].ToString() && text == ((YamlSequenceNode)root["list"])[0].ToString(), $"{text.Length}: {written}");
        }
    }

    [Fact]
    public void What_is_written_as_text_is_read_as_text_by_type_guessing_readers()
    {
        var reader = new DeserializerBuilder().WithAttemptingUnquotedStringTypeDeserialization().Build();
        foreach (var text in new[] { "true", "off", "1e3", "0x1F", "017", "+1", "-0", "1_000", "12:30:45", "~", ".inf", ".NaN", "=", "<<", "NULL", "Yes", "" })
            Assert.Equal(text, Assert.IsType<string>(reader.Deserialize<Dictionary<string, object?>>(Write(text))["key"]));
    }

    private static string Write(string text) => YamlWriter.Write(new([new("key", (YamlScalar)text)]), []);
}
