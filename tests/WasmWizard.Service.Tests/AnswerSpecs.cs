using System.Buffers;
using System.Text;
using System.Text.Json;
using WasmWizard.Service.Executions;
using WasmWizard.Service.Web;

namespace WasmWizard.Service.Tests;

/// <summary>Answers are written in pieces; what is read is what a guest wrote.</summary>
public class AnswerSpecs
{
    public static TheoryData<string, string> Written => new()
    {
        { "nothing", "" },
        { "a word", "hello" },
        { "what has to be escaped", "\"quoted\" \\ <&'+> \u0000\u001f\u007f" },
        { "characters of two bytes across every piece", $"x{string.Concat(Enumerable.Repeat("é", 100_000))}" },
        { "characters of four bytes across every piece", $"xyz{string.Concat(Enumerable.Repeat("😀", 100_000))}" },
        { "a megabyte of zeros", new string('\0', 1 << 20) },
    };

    [Theory]
    [MemberData(nameof(Written))]
    public void Text_is_read_as_it_was_written(string what, string text)
    {
        using var rendered = ExecutionAnswer.Render(Result(Encoding.UTF8.GetBytes(text)));
        using var read = JsonDocument.Parse(Bytes(rendered));
        Assert.True(text == read.RootElement.GetProperty("output").GetString(), what);
        Assert.Equal("", read.RootElement.GetProperty("stderr").GetString());
        Assert.False(read.RootElement.TryGetProperty("outputBase64", out _));
    }

    [Fact]
    public void What_is_no_text_is_read_as_base64()
    {
        byte[] output = [.. Enumerable.Range(0, 300_000).Select(i => (byte)i)];
        using var rendered = ExecutionAnswer.Render(Result(output));
        using var read = JsonDocument.Parse(Bytes(rendered));
        Assert.Equal(output, read.RootElement.GetProperty("outputBase64").GetBytesFromBase64());
        Assert.Equal(JsonValueKind.Null, read.RootElement.GetProperty("output").ValueKind);
    }

    [Fact]
    public void Pieces_are_all_that_was_written_in_order()
    {
        using var bytes = new PooledBytes();
        byte[] written = [.. Enumerable.Range(0, 3_000_000).Select(i => (byte)(i % 251))];
        for (var at = 0; at < written.Length; at += 30_000)
            bytes.Write(written.AsSpan(at, 30_000));
        Assert.Equal(written.Length, bytes.Length);
        Assert.Equal(written, Bytes(bytes));
    }

    private static ExecutionResult Result(byte[] output) => new(new GuestOutcome.Completed(), output, default, TimeSpan.FromMilliseconds(1), null, 65536);

    private static byte[] Bytes(PooledBytes bytes)
    {
        var all = new ArrayBufferWriter<byte>();
        foreach (var piece in bytes.Pieces)
            all.Write(piece.Span);
        return all.WrittenSpan.ToArray();
    }
}
