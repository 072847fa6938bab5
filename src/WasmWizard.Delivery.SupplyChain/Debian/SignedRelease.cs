using System.Globalization;
using WasmWizard.Delivery.SupplyChain.Tools;

namespace WasmWizard.Delivery.SupplyChain.Debian;

/// <summary>The signed head of a package index: what it is of, from when until when, and the hashes of its files.</summary>
/// <param name="Codename">E.g. <c>trixie-security</c>.</param>
/// <param name="Date">When it was published.</param>
/// <param name="ValidUntil">When the publisher itself stops trusting it; null when it sets no end.</param>
/// <param name="Sha256">Hex hash by file, e.g. <c>main/binary-amd64/Packages</c>.</param>
public sealed record SignedRelease(string Codename, DateTimeOffset Date, DateTimeOffset? ValidUntil, IReadOnlyDictionary<string, string> Sha256)
{
    private const string Fix = "fetch the index again: apt-get update";

    /// <summary>Verifies the signature with <c>gpgv</c> and reads only what it signed, never text around it.</summary>
    /// <param name="file">An <c>InRelease</c> file.</param>
    /// <param name="keyring">The keys of the distribution's archive.</param>
    /// <param name="cancellation">Ends the verification.</param>
    /// <exception cref="MissingDataException">There is no file, no keyring or no gpgv, so that nothing can be told.</exception>
    /// <exception cref="CorruptDataException">The signature is not good, or what it signs is not whole.</exception>
    public static async Task<SignedRelease> ReadAsync(string file, string keyring, CancellationToken cancellation)
    {
        if (!File.Exists(file))
            throw new MissingDataException($"{file} does not exist", Fix);
        if (!File.Exists(keyring))
            throw new MissingDataException($"there are no keys to verify the security index with: {keyring} does not exist", "install debian-archive-keyring");
        var gpgv = Tool.Find("gpgv") ?? throw new MissingDataException("the signature of the security index cannot be verified without gpgv", "install gpgv");
        var output = await gpgv.RunAsync(["--keyring", keyring, "--status-fd", "2", "--output", "-", file], cancellation: cancellation);
        var good = output.ExitCode == 0 && output.Errors.Split('\n').Any(line => line.StartsWith("[GNUPG:] VALIDSIG ", StringComparison.Ordinal));
        return good ? Parse(output.Text, file) : throw new CorruptDataException($"the signature of {file} is not good ({gpgv.Name}: exit code {output.ExitCode})", Fix);
    }

    /// <summary>Reads the signed text.</summary>
    /// <exception cref="CorruptDataException">A field is missing or torn.</exception>
    public static SignedRelease Parse(string text, string name)
    {
        var paragraph = ControlParagraphs.Read(text, name).FirstOrDefault() ?? throw Torn("it is empty");
        return new(
            Field("Codename"),
            Time(Field("Date")),
            paragraph.TryGetValue("Valid-Until", out var until) ? Time(until) : null,
            Field("SHA256").Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(Row).ToDictionary(row => row[2], row => row[0]));

        string Field(string field) => paragraph.GetValueOrDefault(field) is { Length: > 0 } value ? value : throw Torn($"{field} is missing");

        DateTimeOffset Time(string written) => DateTimeOffset.TryParseExact(
            written.Replace("UTC", "+00:00", StringComparison.Ordinal), "ddd, dd MMM yyyy HH:mm:ss zzz", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)
            ? time
            : throw Torn($"'{written}' is no date");

        string[] Row(string line) => line.Split(' ', StringSplitOptions.RemoveEmptyEntries) is [{ Length: 64 }, _, _] row ? row : throw Torn($"'{line}' is no hash");

        CorruptDataException Torn(string what) => new($"{name} is not whole: {what}", Fix);
    }
}
