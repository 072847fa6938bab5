using System.Text;
using WasmWizard.Delivery.Checking.Snapshots;

namespace WasmWizard.Delivery.Checking.Tests;

/// <summary>Whatever a file holds, the answer is a list of findings.</summary>
public sealed class FuzzSpecs
{
    private const int Mutants = 40;

    private static readonly string[] Shreds =
        ["\t", "\"", "'", "{{", "}}", "${{", "*a", "&a ", "<<: ", "|\n", ">-\n", "[", "]", "{", "}", ": ", "- ", "\n\n", "\\", "$(", "`", "<<EOF\n", "EOF", ")", "&&", "||", "|", "%", "\0", "\uFEFF", "\uD800", "---\n", "...\n", "? ", "!!x ", "#", "/*"];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public void Mutated_files_never_end_it(int seed)
    {
        var random = new Random(seed);
        var sources = Directory.GetFiles(Fixture.Folder, "*.txt").Order(StringComparer.Ordinal).Select(path => Fixture.Read(Path.GetFileNameWithoutExtension(path)).Broken).ToList();
        for (var round = 0; round < Mutants; round++)
        {
            var source = sources[random.Next(sources.Count)];
            var mutant = new RepositorySnapshot(source.Files.Select(file => new SourceFile(file.Path, Mutate(file.Text, random))), source.Branches);

            var fault = Record.Exception(() => RepositoryCheck.Of(mutant));

            Assert.True(fault is null, $"seed {seed}, round {round}: {fault}\n{string.Join("\n~~~\n", mutant.Files.Select(file => file.Path + "\n" + file.Text))}");
        }
    }

    [Theory]
    [InlineData("a: &a [*a]\nb: *a\nc: *missing\n")]
    [InlineData("a: &x {b: &y [*x, *y]}\n<<: *x\n")]
    [InlineData("on: push\non: push\njobs: {}\n")]
    [InlineData("? [complex, key]\n: value\n? {a: b}\n: [c]\n")]
    [InlineData("- on\n- jobs\n")]
    [InlineData("")]
    [InlineData("---\n---\non: push\n")]
    [InlineData("jobs: 5\non: [[push]]\n")]
    [InlineData("on: push\njobs:\n  a:\n    steps: [a, b: c, {run: [x]}, {uses: {a: b}}]\n    needs: {a: b}\n")]
    public void Odd_workflows_are_read_to_their_end(string text) =>
        Assert.NotNull(RepositoryCheck.Of(new([new(".github/workflows/odd.yml", text)], BranchFacts.Unknown)));

    [Fact]
    public void Depth_and_length_have_a_limit_and_a_finding()
    {
        var deep = string.Concat(Enumerable.Repeat("[", 20_000));
        var aliases = new StringBuilder("a0: &a0 [x]\n");
        for (var level = 1; level < 40; level++)
            aliases.Append($"a{level}: &a{level} [*a{level - 1}, *a{level - 1}, *a{level - 1}]\n");

        var findings = RepositoryCheck.Of(new(
            [
                new(".github/workflows/deep.yml", deep),
                new(".github/workflows/aliases.yml", aliases.ToString()),
                new("k8s/aliases.yml", "apiVersion: v1\nkind: Pod\n" + aliases),
                new("deploy.sh", "#!/bin/bash\n" + string.Concat(Enumerable.Repeat("$((", 50_000))),
                new("docs/DEPLOYMENT.md", new string('|', 300_000) + "\n" + new string('#', 300_000) + "\n" + string.Concat(Enumerable.Repeat("- a\n  ", 20_000))),
            ],
            BranchFacts.Unknown));

        Assert.Contains(findings, finding => finding is { Rule: "WW6101", File: ".github/workflows/deep.yml" });
    }

    private static string Mutate(string text, Random random)
    {
        var mutant = new StringBuilder(text);
        for (var change = random.Next(1, 6); change > 0 && mutant.Length > 1; change--)
        {
            var at = random.Next(mutant.Length);
            switch (random.Next(4))
            {
                case 0:
                    mutant.Remove(at, Math.Min(random.Next(1, 30), mutant.Length - at));
                    break;
                case 1:
                    mutant.Insert(at, Shreds[random.Next(Shreds.Length)]);
                    break;
                case 2:
                    mutant.Insert(at, mutant.ToString(at, Math.Min(random.Next(1, 60), mutant.Length - at)));
                    break;
                default:
                    mutant[at] = (char)random.Next(1, 0x2FF);
                    break;
            }
        }

        return mutant.ToString();
    }
}
