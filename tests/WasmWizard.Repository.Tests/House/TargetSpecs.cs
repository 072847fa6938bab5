using System.Text.RegularExpressions;

namespace WasmWizard.Repository.Tests.House;

/// <summary>What targets have to say about themselves, since targets that nothing orders run at once.</summary>
public sealed partial class TargetSpecs
{
    private static readonly IReadOnlyList<(string Name, string Body)> Targets =
        [.. Repository.Files("*.cs", "build/Targets").SelectMany(path => Definition().Matches(File.ReadAllText(Repository.At(path))))
            .Select(match => (match.Groups["name"].Value, match.Groups["body"].Value))];

    [Theory]
    [InlineData("Operations.", "environment")]
    [InlineData("DotNet(Restore|Build|Publish)\\(|Formatter|SupplyChain.Audit|AppImage\\(Workspace\\).Publish", "obj")]
    [InlineData("TestRunner|IntegrationRun|AppImage\\(Workspace\\).Publish", "tests")]
    [InlineData("SupplyChain.(Ops)?Image", "image")]
    public void What_shares_an_environment_or_folders_holds_their_lock(string does, string name)
    {
        var sharing = Targets.Where(target => Regex.IsMatch(target.Body, does)).ToList();

        Assert.NotEmpty(sharing);
        Faults.AssertNone(sharing.Where(target => !Locks(target.Body).Contains(name)).Select(target => $"{target.Name} lacks .Lock(\"{name}\")"));
    }

    private static IEnumerable<string> Locks(string body) =>
        Lock().Matches(body).SelectMany(match => match.Groups["names"].Value.Split(',')).Select(name => name.Trim(' ', '"'));

    [GeneratedRegex(@"Target (?<name>\w+) => _ => _\s(?<body>.*?)(?=^    (Target|///|\[)|^\})", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Definition();

    [GeneratedRegex(@"\.Lock\((?<names>[^)]*)\)")]
    private static partial Regex Lock();
}
