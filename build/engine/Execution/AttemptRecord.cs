using System.Security.Cryptography;
using System.Text;
using WasmWizard.BuildEngine.IO;

namespace WasmWizard.BuildEngine;

/// <summary>Which targets of the last attempt succeeded, for <c>--continue</c>. An attempt with other words on the command line does not count.</summary>
internal sealed class AttemptRecord(BuildSession session, CommandLine commandLine)
{
    private readonly AbsolutePath _file = session.TemporaryDirectory / "build-attempt.log";

    public IReadOnlyCollection<string> ReadSucceeded()
    {
        if (!File.Exists(_file))
            return [];
        var lines = File.ReadAllLines(_file);
        return lines.Length > 0 && lines[0] == Fingerprint() ? lines[1..] : [];
    }

    public void Write(IEnumerable<ExecutableTarget> plan)
    {
        var done = plan.Where(target => target.Status == ExecutionStatus.Succeeded || target.SkipReason == SkipRules.DoneBefore).Select(target => target.Name);
        try
        {
            Directory.CreateDirectory(_file.Parent!);
            File.WriteAllLines(_file, [Fingerprint(), .. done]);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            session.Log.Warn($"--continue will not know this attempt: {exception.Message}");
        }
    }

    /// <summary>A digest, because the words may hold secrets.</summary>
    private string Fingerprint()
    {
        var options = commandLine.Options
            .Where(option => option.Key != BuiltInParameters.Continue.Key)
            .Select(option => $"{option.Key} {string.Join(' ', option.Values)}");
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', commandLine.Words.Concat(options)))));
    }
}
