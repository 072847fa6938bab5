using System.Buffers;
using System.Text;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;
using WasmWizard.Service.Web;

namespace WasmWizard.Service.Tests;

public class MultipartBodySpecs
{
    private const int Seed = 20261130;

    private const string Head = "Content-Disposition: form-data; name=\"a\"\r\n";

    /// <summary>In each the boundary is b; parts are shown as name=content.</summary>
    [Theory]
    [InlineData("--b\r\n" + Head + "\r\none\r\n--b--\r\n", "a=one")]
    [InlineData("--b\r\n" + Head + "\r\none\r\n--b--", "a=one")]
    [InlineData("--b\r\n" + Head + "\r\n\r\n--b--\r\n", "a=")]
    [InlineData("--b\r\n" + Head + "\r\n\r\n\r\n\r\n--b--\r\n", "a=\r\n\r\n")]
    [InlineData("--b\r\n" + Head + "\r\none\r\n--b\r\n" + Head + "\r\ntwo\r\n--b--", "a=one,a=two")]
    [InlineData("before\r\n--b\r\n" + Head + "\r\none\r\n--b--\r\nafter\r\n--b\r\n" + Head + "\r\ntwo", "a=one")]
    [InlineData("\r\n--b\r\n" + Head + "\r\none\r\n--b--", "a=one")]
    [InlineData("--b \t\r\n" + Head + "\r\none\r\n--b--", "a=one")]
    [InlineData("--b\r\n\r\nnameless\r\n--b--", "=nameless")]
    [InlineData("--b\r\nContent-Type: text/plain\r\ncontent-disposition:form-data;name=a\r\n\r\none\r\n--b--", "a=one")]
    [InlineData("--b\r\nContent-Disposition: form-data\r\n\r\none\r\n--b--", "=one")]
    [InlineData("--b\r\nContent-Disposition: form-data; name=\"\u00e4\"\r\n\r\none\r\n--b--", "\u00e4=one")]
    [InlineData("--b\r\n" + Head + "\r\n--b\r--b\n--b-\r\n-b\r\n--b--", "a=--b\r--b\n--b-\r\n-b")]
    [InlineData("--b--", "")]
    public void Parts_are_what_stands_between_the_delimiters(string body, string parts)
    {
        var bytes = Encoding.UTF8.GetBytes(body);
        for (var length = 1; length <= bytes.Length; length++)
            Assert.Equal(parts, string.Join(',', MultipartBody.PartsOf(Pieces.Of(bytes, length), "b").Select(part => $"{part.Name}={Encoding.UTF8.GetString(part.Content)}")));
    }

    [Theory]
    [InlineData("")]
    [InlineData("no delimiter")]
    [InlineData("--b")]
    [InlineData("--b\r\n")]
    [InlineData("--b\r\n" + Head)]
    [InlineData("--b\r\n" + Head + "\r\none")]
    [InlineData("--b\r\n" + Head + "\r\none\r\n--b")]
    [InlineData("--b\r\n" + Head + "\r\none\r\n--b-")]
    [InlineData("--b\r\n" + Head + "\r\none\r\n--bb--\r\n")]
    [InlineData("--bb\r\n" + Head + "\r\none\r\n--bb--\r\n")]
    [InlineData("--b\n" + Head + "\r\none\r\n--b--\r\n")]
    [InlineData("--b\r\nno colon\r\n\r\none\r\n--b--\r\n")]
    [InlineData("--b\r\n: no name\r\n\r\none\r\n--b--\r\n")]
    [InlineData("--b\r\n" + Head + Head + "\r\none\r\n--b--\r\n")]
    public void A_broken_body_is_no_form(string body)
    {
        var bytes = Encoding.UTF8.GetBytes(body);
        for (var length = 1; length <= Math.Max(1, bytes.Length); length++)
            Assert.Throws<InvalidDataException>(() => MultipartBody.PartsOf(Pieces.Of(bytes, length), "b").Count());
    }

    [Theory]
    [InlineData(16_000, true)]
    [InlineData(17_000, false)]
    public void Headers_have_an_end(int length, bool isForm)
    {
        var body = new ReadOnlySequence<byte>(Encoding.UTF8.GetBytes($"--b\r\nX: {new string('x', length)}\r\n{Head}\r\none\r\n--b--"));
        if (isForm)
            Assert.Equal("a", Assert.Single(MultipartBody.PartsOf(body, "b")).Name);
        else
            Assert.Throws<InvalidDataException>(() => MultipartBody.PartsOf(body, "b").Count());
    }

    /// <summary>Contents full of line breaks, dashes and beginnings of the delimiter, received in random pieces.</summary>
    [Fact]
    public async Task The_frameworks_reader_finds_the_same_parts()
    {
        var random = new Random(Seed);
        for (var i = 0; i < 2_000; i++)
        {
            var boundary = new string('b', random.Next(1, 6));
            var contents = Enumerable.Range(0, random.Next(1, 5)).Select(_ => Content(random, boundary)).ToArray();
            var body = Encoding.ASCII.GetBytes(
                string.Concat(contents.Select((content, n) => $"--{boundary}\r\nContent-Disposition: form-data; name=\"p{n}\"\r\n\r\n{content}\r\n")) + $"--{boundary}--\r\n");
            var parts = MultipartBody.PartsOf(Pieces.Of(body, () => random.Next(30)), boundary).Select(part => (part.Name, Encoding.ASCII.GetString(part.Content))).ToArray();
            Assert.Equal(await FrameworksAsync(body, boundary), parts);
            Assert.Equal(contents, parts.Select(part => part.Item2));
        }
    }

    private static string Content(Random random, string boundary)
    {
        string[] words = ["\r\n", "\r", "\n", "-", "--", boundary, $"--{boundary}", "\r\n--", "\r\n-", "x"];
        var content = string.Concat(Enumerable.Range(0, random.Next(12)).Select(_ => words[random.Next(words.Length)]));
        // The one thing that a content may not have.
        return content.Replace($"\r\n--{boundary}", "y", StringComparison.Ordinal);
    }

    private static async Task<(string?, string)[]> FrameworksAsync(byte[] body, string boundary)
    {
        var reader = new MultipartReader(boundary, new MemoryStream(body));
        var parts = new List<(string?, string)>();
        while (await reader.ReadNextSectionAsync() is { } section)
        {
            using var content = new StreamReader(section.Body, Encoding.ASCII);
            parts.Add((HeaderUtilities.RemoveQuotes(ContentDispositionHeaderValue.Parse(section.ContentDisposition).Name).Value, await content.ReadToEndAsync()));
        }

        return [.. parts];
    }
}
