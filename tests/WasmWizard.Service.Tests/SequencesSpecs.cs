using WasmWizard.Service;

namespace WasmWizard.Service.Tests;

public class SequencesSpecs
{
    private const int Seed = 20261130;

    [Theory]
    [InlineData("abc", 0)]
    [InlineData("cde", 2)]
    [InlineData("hij", 7)]
    [InlineData("abcdefghij", 0)]
    [InlineData("jk", -1)]
    [InlineData("abd", -1)]
    public void A_value_is_found_whatever_the_pieces_are(string value, int place)
    {
        for (var length = 1; length <= 11; length++)
            Assert.Equal(place, Pieces.Of("abcdefghij"u8.ToArray(), length).IndexOf(System.Text.Encoding.ASCII.GetBytes(value)));
    }

    /// <summary>Two letters only, so that beginnings of the value are everywhere.</summary>
    [Fact]
    public void It_is_found_where_it_is_found_in_one_piece()
    {
        var random = new Random(Seed);
        var found = 0;
        for (var i = 0; i < 20_000; i++)
        {
            var bytes = Letters(random, random.Next(40));
            var value = Letters(random, random.Next(2, 9));
            var expected = bytes.AsSpan().IndexOf(value);
            found += expected >= 0 ? 1 : 0;
            Assert.Equal(expected, Pieces.Of(bytes, () => random.Next(6)).IndexOf(value));
        }

        Assert.InRange(found, 5_000, 15_000);
    }

    private static byte[] Letters(Random random, int length) => [.. Enumerable.Range(0, length).Select(_ => (byte)"ab"[random.Next(2)])];
}
