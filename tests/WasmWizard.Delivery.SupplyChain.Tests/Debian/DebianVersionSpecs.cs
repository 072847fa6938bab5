using System.Diagnostics;
using System.Text;
using WasmWizard.Delivery.SupplyChain.Debian;
using Xunit.Abstractions;

namespace WasmWizard.Delivery.SupplyChain.Tests.Debian;

public class DebianVersionSpecs(ITestOutputHelper output)
{
    [Theory]
    [InlineData("1.0", "=", "1.0")]
    [InlineData("1.0", "=", "1.00")]
    [InlineData("1.0", "=", "1.0-0")]
    [InlineData("0:1.0", "=", "1.0")]
    [InlineData("1:0.9", ">", "9.9")]
    [InlineData("1.0~rc1", "<", "1.0")]
    [InlineData("1.0~~", "<", "1.0~")]
    [InlineData("1.0~~a", "<", "1.0~")]
    [InlineData("1.0", "<", "1.0a")]
    [InlineData("1.0a", "<", "1.0+")]
    [InlineData("1.9", "<", "1.10")]
    [InlineData("1.0-1", "<", "1.0-1+b1")]
    [InlineData("1.0-1+b9", "<", "1.0-1+b10")]
    [InlineData("1.0-1+b1", "<", "1.0-1.1")]
    [InlineData("3.0.22-1~deb12u2", "<", "3.0.22-1")]
    [InlineData("1.2.3-4-5", ">", "1.2.3-4-4")]
    [InlineData("99999999999999999999999999.1", ">", "9999999999999999999999999.2")]
    [InlineData("2:4.17+dfsg-1", ">", "2:4.17-1")]
    public void Versions_are_ordered_as_dpkg_orders_them(string left, string sign, string right)
    {
        var (a, b) = (Version(left), Version(right));

        Assert.Equal(sign, Sign(a, b));
        Assert.Equal(sign switch { "<" => ">", ">" => "<", _ => "=" }, Sign(b, a));
        Assert.Equal(sign == "=", a == b && !(a != b));
        Assert.Equal(sign == "<", a < b && !(a >= b));
        Assert.Equal(sign == ">", a > b && !(a <= b));
        Assert.Equal(sign == "=", a.Equals((object)b) && a.GetHashCode() == b.GetHashCode());
    }

    [Theory]
    [InlineData("")]
    [InlineData(null)]
    [InlineData("1.0 ")]
    [InlineData("x:1.0")]
    [InlineData("-1:1.0")]
    [InlineData("99999999999:1.0")]
    [InlineData("1:")]
    [InlineData("1.0-")]
    [InlineData("1.0-a:b")]
    [InlineData("1.0_2")]
    [InlineData("1.0\n")]
    public void What_dpkg_would_not_take_is_no_version(string? text) => Assert.Null(DebianVersion.Parse(text));

    [Fact]
    public void The_parts_are_told_apart()
    {
        var version = Version("2:1.2-3:4-5+b1");

        Assert.Equal((2, "1.2-3:4", "5+b1", "2:1.2-3:4-5+b1"), (version.Epoch, version.Upstream, version.Revision, version.ToString()));
    }

    [Fact]
    public void The_order_is_total()
    {
        const int Seed = 20260301;
        var random = new Random(Seed);
        output.WriteLine($"seed {Seed}");
        for (var round = 0; round < 20_000; round++)
        {
            var (a, b, c) = (Invented(random), Invented(random), Invented(random));
            Assert.Equal(0, a.CompareTo(Version(a.ToString())));
            Assert.Equal(Math.Sign(a.CompareTo(b)), -Math.Sign(b.CompareTo(a)));
            if (a <= b && b <= c)
                Assert.True(a <= c, $"{a} <= {b} <= {c}");
            Assert.True(a.CompareTo(null) > 0);
        }
    }

    [Fact]
    [Trait("suite", "complete")]
    public async Task Real_and_invented_pairs_compare_as_dpkg_compares_them()
    {
        const int Seed = 20260302;
        const int Wanted = 6_000;
        var random = new Random(Seed);
        var real = await RealVersions();
        var pairs = Enumerable.Range(0, Wanted).Select(_ => Pair(random, real)).ToList();

        var answers = await DpkgAnswers(pairs);
        string[] mismatches = [.. pairs.Zip(answers).Where(row => Sign(Version(row.First.Left), Version(row.First.Right)) != row.Second).Select(row => $"{row.First}: dpkg says {row.Second}")];

        output.WriteLine($"seed {Seed}, {real.Count} real versions, {pairs.Count} pairs, {mismatches.Length} mismatches");
        Assert.Empty(mismatches);
        Assert.Equal(Wanted, answers.Count);
        Assert.True(answers.Distinct().Count() == 3, "the pairs must show all three answers");
    }

    /// <summary>Mostly neighbours in the order, which differ in their last parts; every eighth pair is changed in one place.</summary>
    private static (string Left, string Right) Pair(Random random, List<string> real)
    {
        var index = random.Next(real.Count - 1);
        var left = real[index];
        var right = random.Next(8) switch
        {
            0 => real[random.Next(real.Count)],
            1 when Altered(random, left) is { } altered => altered,
            _ => real[Math.Min(real.Count - 1, index + random.Next(3))],
        };
        return (left, right);
    }

    private static string? Altered(Random random, string version)
    {
        string[] endings = ["~", "+b1", "+b10", "~deb12u1", "-0", "a", ".0", "+"];
        var altered = version + endings[random.Next(endings.Length)];
        return DebianVersion.Parse(altered) is null ? null : altered;
    }

    /// <summary>Two shells, each asking dpkg about half of the pairs.</summary>
    private static async Task<List<string>> DpkgAnswers(List<(string Left, string Right)> pairs)
    {
        const string Loop = """
            while read -r a b; do
              if dpkg --compare-versions "$a" lt "$b"; then echo '<'; elif dpkg --compare-versions "$a" eq "$b"; then echo '='; else echo '>'; fi
            done
            """;
        var halves = await Task.WhenAll(pairs.Chunk((pairs.Count + 1) / 2).Select(half => Shell(Loop, string.Concat(half.Select(pair => $"{pair.Left} {pair.Right}\n")))));
        return [.. halves.SelectMany(half => half.Split('\n', StringSplitOptions.RemoveEmptyEntries))];
    }

    /// <summary>Sorted, so that neighbours are close; the machine's package lists where it keeps them, and what it has installed.</summary>
    private static async Task<List<string>> RealVersions()
    {
        var text = await Shell("{ apt-cache dumpavail | sed -n 's/^Version: //p'; dpkg-query -W -f '${Version}\\n'; } | sort -u", "");
        return [.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(Version).Order().Select(version => version.ToString())];
    }

    private static async Task<string> Shell(string script, string input)
    {
        using var shell = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", script])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            StandardInputEncoding = new UTF8Encoding(false),
        })!;
        var answer = shell.StandardOutput.ReadToEndAsync();
        await shell.StandardInput.WriteAsync(input);
        shell.StandardInput.Close();
        var text = await answer;
        await shell.WaitForExitAsync();
        Assert.Equal(0, shell.ExitCode);
        return text;
    }

    private static DebianVersion Invented(Random random)
    {
        const string Signs = "0019az.+~";
        var text = new StringBuilder(random.Next(4) == 0 ? $"{random.Next(3)}:" : "").Append(random.Next(3));
        for (var i = random.Next(6); i > 0; i--)
            text.Append(Signs[random.Next(Signs.Length)]);
        if (random.Next(2) == 0)
            text.Append('-').Append(Signs[random.Next(Signs.Length)]);
        return Version(text.ToString());
    }

    private static string Sign(DebianVersion left, DebianVersion right) => Math.Sign(left.CompareTo(right)) switch { < 0 => "<", > 0 => ">", _ => "=" };

    private static DebianVersion Version(string text) => DebianVersion.Parse(text) ?? throw new FormatException(text);
}
