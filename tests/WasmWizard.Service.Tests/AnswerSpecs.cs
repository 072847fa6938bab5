using System.Buffers;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
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

    public static TheoryData<GuestOutcome, string> Endings => new()
    {
        { new GuestOutcome.Completed(), """{"output":"out","stderr":"err","error":null,"exitCode":0,"durationMs":1.235,"fuelUsed":7,"memoryPeakBytes":65536}""" },
        {
            new GuestOutcome.Exited(3),
            """{"type":"urn:wasm-wizard:WW5001","title":"The module failed","status":422,"output":"out","stderr":"err","error":"The module ended with exit code 3.","reason":"exit","exitCode":3,"durationMs":1.235,"fuelUsed":7,"memoryPeakBytes":65536}"""
        },
        {
            new GuestOutcome.Trapped("an unreachable instruction was executed, in function <f>"),
            """{"type":"urn:wasm-wizard:WW5002","title":"The module trapped","status":422,"output":"out","stderr":"err","error":"The module trapped: an unreachable instruction was executed, in function <f>.","reason":"trap","exitCode":null,"durationMs":1.235,"fuelUsed":7,"memoryPeakBytes":65536}"""
        },
        {
            new GuestOutcome.TimedOut(TimeSpan.FromSeconds(0.5)),
            """{"type":"urn:wasm-wizard:WW5003","title":"The module took too long","status":422,"output":"out","stderr":"err","error":"The module was stopped after 0.5 s, its limit.","reason":"timeout","exitCode":null,"durationMs":1.235,"fuelUsed":7,"memoryPeakBytes":65536}"""
        },
        {
            new GuestOutcome.OutOfMemory(131072, 1),
            """{"type":"urn:wasm-wizard:WW5004","title":"The module ran out of memory","status":422,"output":"out","stderr":"err","error":"The module failed near its memory limit of 131072 bytes.","reason":"memory","exitCode":1,"durationMs":1.235,"fuelUsed":7,"memoryPeakBytes":65536}"""
        },
        {
            new GuestOutcome.OutOfFuel(8),
            """{"type":"urn:wasm-wizard:WW5005","title":"The module ran out of fuel","status":422,"output":"out","stderr":"err","error":"The module used all of its 8 units of fuel.","reason":"fuel","exitCode":null,"durationMs":1.235,"fuelUsed":7,"memoryPeakBytes":65536}"""
        },
        {
            new GuestOutcome.TooMuchOutput("stdout", 9),
            """{"type":"urn:wasm-wizard:WW5006","title":"The module wrote too much","status":422,"output":"out","stderr":"err","error":"The module wrote more than 9 bytes to stdout, its limit.","reason":"output","exitCode":null,"durationMs":1.235,"fuelUsed":7,"memoryPeakBytes":65536}"""
        },
    };

    [Theory]
    [MemberData(nameof(Endings))]
    public void Each_ending_has_its_body(GuestOutcome outcome, string body)
    {
        using var rendered = ExecutionAnswer.Render(new ExecutionResult(outcome, "out"u8.ToArray(), "err"u8.ToArray(), TimeSpan.FromMicroseconds(1234.6), 7, 65536));
        Assert.Equal(body, Encoding.UTF8.GetString(Bytes(rendered)));
    }

    [Theory]
    [InlineData(true, """{"output":null,"outputBase64":"YWLD","stderr":null,"stderrBase64":"gA==","error":null,""")]
    [InlineData(false, """{"type":"urn:wasm-wizard:WW5003","title":"The module took too long","status":422,"output":"ab","stderr":null,"stderrBase64":"gA==",""")]
    public void Only_a_guest_that_was_stopped_is_taken_to_have_been_cut_inside_a_character(bool completed, string beginning)
    {
        GuestOutcome outcome = completed ? new GuestOutcome.Completed() : new GuestOutcome.TimedOut(TimeSpan.FromSeconds(1));
        using var rendered = ExecutionAnswer.Render(new ExecutionResult(outcome, new byte[] { 0x61, 0x62, 0xC3 }, new byte[] { 0x80 }, TimeSpan.Zero, null, 0));
        Assert.StartsWith(beginning, Encoding.UTF8.GetString(Bytes(rendered)), StringComparison.Ordinal);
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

    /// <summary>The server keeps a copy of all that it is given at once.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(ReceiveBlocks.BlockBytes)]
    [InlineData(ReceiveBlocks.BlockBytes + 1)]
    [InlineData(3_000_000)]
    public async Task An_answer_is_given_to_the_server_a_block_at_a_time(int length)
    {
        byte[] written = [.. Enumerable.Range(0, length).Select(i => (byte)(i % 251))];
        var bytes = new PooledBytes();
        bytes.Write(written);
        using var sent = new Writes();
        var context = new DefaultHttpContext { Response = { Body = sent } };

        await new PooledAnswer(StatusCodes.Status200OK, "application/octet-stream", bytes).ExecuteAsync(context);

        Assert.Equal(written, sent.ToArray());
        Assert.Equal(length, context.Response.ContentLength);
        Assert.All(sent.Lengths, one => Assert.InRange(one, 1, ReceiveBlocks.BlockBytes));
    }

    private sealed class Writes : MemoryStream
    {
        public List<int> Lengths { get; } = [];

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            Lengths.Add(buffer.Length);
            return base.WriteAsync(buffer, cancellationToken);
        }
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
