using WasmWizard.Delivery.Backups;
using WasmWizard.Delivery.Releases;

namespace WasmWizard.Delivery.Tests.Backups;

public class BackupVerifierSpecs
{
    private static readonly DatabaseFingerprint Source = new("schema-1", [new("runs", 3, "aa"), new("users", 1, "bb")])
    {
        Sequences = new Dictionary<string, long> { ["runs_id"] = 3 },
        Extensions = ["pgcrypto 1.3"],
    };

    private static readonly BackupReceipt Receipt = new()
    {
        At = new DateTimeOffset(2026, 1, 2, 3, 4, 5, 678, TimeSpan.Zero),
        Source = "wasm-wizard.db",
        Archive = Digest.Of("archive"u8),
        Bytes = 7,
        Content = Source,
        RestoreTime = TimeSpan.FromMilliseconds(125),
    };

    public static TheoryData<string, string> Faults() => new()
    {
        { "schema", "schema schema-2 restored; required: schema-1" },
        { "row count", "table runs: 2 rows with hash aa restored; required: 3 rows with hash aa" },
        { "row content", "table users: 1 rows with hash cc restored; required: 1 rows with hash bb" },
        { "table lost", "table users is not restored" },
        { "table too many", "table strangers is restored and was not in the source" },
        { "sequence", "sequence runs_id: 2 restored; required: 3" },
        { "sequence lost", "sequence runs_id is not restored" },
        { "extension", "extension pgcrypto 1.3 is not restored" },
    };

    [Fact]
    public void An_archive_that_brings_back_the_same_is_a_verified_backup()
    {
        var verified = Assert.IsType<BackupVerdict.Verified>(BackupVerifier.Verify(Source, Source with { Tables = [.. Source.Tables.Reverse()] }, Receipt));

        Assert.Same(Receipt, verified.Backup.Receipt);
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public void A_difference_is_named(string fault, string expected)
    {
        var restored = Damaged(fault);

        var refused = Assert.IsType<BackupVerdict.Refused>(BackupVerifier.Verify(Source, restored, Receipt with { Content = restored }));

        Assert.Contains(expected, refused.Differences);
    }

    [Fact]
    public void All_differences_are_listed_at_once()
    {
        var restored = new DatabaseFingerprint("schema-2", []);

        var refused = Assert.IsType<BackupVerdict.Refused>(BackupVerifier.Verify(Source, restored, Receipt with { Content = restored, Bytes = 0 }));

        Assert.Equal(
            ["the archive has 0 bytes", "schema schema-2 restored; required: schema-1", "table runs is not restored", "table users is not restored",
                "sequence runs_id is not restored", "extension pgcrypto 1.3 is not restored"],
            refused.Differences);
    }

    [Fact]
    public void Comparing_nothing_with_nothing_proves_nothing()
    {
        var empty = new DatabaseFingerprint("", []);

        Assert.IsType<BackupVerdict.Refused>(BackupVerifier.Verify(empty, empty, Receipt with { Content = empty }));
        Assert.IsType<BackupVerdict.Refused>(BackupVerifier.VerifyAgain(Receipt with { Content = empty }, Receipt.Archive, 7));
    }

    [Fact]
    public void A_receipt_that_tells_of_another_content_is_refused() => Assert.Equal(
        ["table runs: 9 rows with hash aa written in the receipt; required: 3 rows with hash aa"],
        Assert.IsType<BackupVerdict.Refused>(BackupVerifier.Verify(
            Source, Source, Receipt with { Content = Source with { Tables = [new("runs", 9, "aa"), new("users", 1, "bb")] } })).Differences);

    [Fact]
    public void A_receipt_of_an_earlier_process_counts_for_the_very_same_bytes_only()
    {
        var receipt = BackupReceiptJson.Read(BackupReceiptJson.Write(Receipt));

        Assert.IsType<BackupVerdict.Verified>(BackupVerifier.VerifyAgain(receipt, Digest.Of("archive"u8), 7));
        var refused = Assert.IsType<BackupVerdict.Refused>(BackupVerifier.VerifyAgain(receipt, Digest.Of("archivf"u8), 8));
        Assert.Equal(2, refused.Differences.Count);
    }

    [Fact]
    public void A_receipt_read_back_equals_itself()
    {
        var text = BackupReceiptJson.Write(Receipt);

        Assert.Equal(text, BackupReceiptJson.Write(BackupReceiptJson.Read(text)));
        Assert.Equal(
            $$"""{"at":"2026-01-02T03:04:05.678Z","source":"wasm-wizard.db","archive":"{{Receipt.Archive}}","bytes":7,"restoreSeconds":0.125,"schemaHash":"schema-1","tables":[{"name":"runs","rows":3,"hash":"aa"},{"name":"users","rows":1,"hash":"bb"}],"sequences":{"runs_id":3},"extensions":["pgcrypto 1.3"]}""",
            text);
    }

    [Theory]
    [InlineData(2, false)]
    [InlineData(3, true)]
    [InlineData(4, true)]
    [InlineData(5, true)]
    [InlineData(6, false)]
    public void A_sequence_that_writers_moved_on_meanwhile_may_come_back_anywhere_between(long restored, bool isVerified)
    {
        var content = Source with { Sequences = new Dictionary<string, long> { ["runs_id"] = restored } };

        var verdict = BackupVerifier.Verify(Source, content, Receipt with { Content = content }, new Dictionary<string, long> { ["runs_id"] = 5 });

        Assert.Equal(isVerified, verdict is BackupVerdict.Verified);
    }

    [Fact]
    public void Large_objects_are_compared_like_a_table()
    {
        var source = Source with { LargeObjects = new(DatabaseFingerprint.LargeObjectsName, 2, "aa") };
        var restored = Source with { LargeObjects = new(DatabaseFingerprint.LargeObjectsName, 1, "bb") };

        var refused = Assert.IsType<BackupVerdict.Refused>(BackupVerifier.Verify(source, restored, Receipt with { Content = restored }));

        Assert.Equal(["table large objects: 1 rows with hash bb restored; required: 2 rows with hash aa"], refused.Differences);
    }

    [Fact]
    public void A_servers_receipt_read_back_equals_itself()
    {
        var receipt = Receipt with
        {
            Content = Source with { LargeObjects = new(DatabaseFingerprint.LargeObjectsName, 2, "aa") },
            Origin = new("7412345678901234567", "0/16B3748", 17),
            Seal = new("0123456789abcdef", 99),
        };

        var text = BackupReceiptJson.Write(receipt);
        var read = BackupReceiptJson.Read(text);

        Assert.Equal(text, BackupReceiptJson.Write(read));
        Assert.Equal((receipt.Origin, receipt.Seal, receipt.Content.LargeObjects), (read.Origin, read.Seal, read.Content.LargeObjects));
        Assert.EndsWith("""{"rows":2,"hash":"aa"},"origin":{"systemId":"7412345678901234567","lsn":"0/16B3748","major":17},"seal":{"key":"0123456789abcdef","plainBytes":99}}""", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("[]")]
    public void What_is_no_receipt_is_refused(string text) => Assert.Throws<FormatException>(() => BackupReceiptJson.Read(text));

    [Fact]
    public void Nobody_but_the_verifier_can_make_a_verified_backup() => Assert.Empty(typeof(VerifiedBackup).GetConstructors());

    private static DatabaseFingerprint Damaged(string fault) => fault switch
    {
        "schema" => Source with { SchemaHash = "schema-2" },
        "row count" => Source with { Tables = [new("runs", 2, "aa"), new("users", 1, "bb")] },
        "row content" => Source with { Tables = [new("runs", 3, "aa"), new("users", 1, "cc")] },
        "table lost" => Source with { Tables = [new("runs", 3, "aa")] },
        "table too many" => Source with { Tables = [.. Source.Tables, new("strangers", 1, "dd")] },
        "sequence" => Source with { Sequences = new Dictionary<string, long> { ["runs_id"] = 2 } },
        "sequence lost" => Source with { Sequences = new Dictionary<string, long>() },
        _ => Source with { Extensions = ["pgcrypto 1.4"] },
    };
}
