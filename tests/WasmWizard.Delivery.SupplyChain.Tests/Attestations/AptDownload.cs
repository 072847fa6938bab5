using WasmWizard.Delivery.SupplyChain.Tools;

namespace WasmWizard.Delivery.SupplyChain.Tests.Attestations;

/// <summary>Fetches one package of another Debian release through the machine's own apt and mirror, into a folder.</summary>
internal sealed class AptDownload(string folder, string keyring)
{
    public async Task<string> GetAsync(string codename, string package)
    {
        var apt = Tool.Find("apt-get")!;
        var mirrors = (await apt.RunAsync(["indextargets", "--format", "$(REPO_URI) $(RELEASE)", "Created-By: Packages"])).Text.Split('\n').Select(line => line.Split(' '));
        var mirror = mirrors.First(parts => parts is [var uri, _] && uri.TrimEnd('/').EndsWith("/debian", StringComparison.Ordinal))[0];
        Directory.CreateDirectory(Path.Combine(folder, "lists", "partial"));
        await File.WriteAllTextAsync(Path.Combine(folder, "sources.list"), $"deb [signed-by={keyring}] {mirror} {codename} main\n");
        string[] options =
        [
            "-o", $"Dir::Etc::sourcelist={folder}/sources.list", "-o", "Dir::Etc::sourceparts=-", "-o", $"Dir::State::lists={folder}/lists", "-o", $"Dir::Cache={folder}/cache",
            "-o", $"APT::Sandbox::User={Environment.UserName}", "-q",
        ];
        foreach (var arguments in new string[][] { ["update"], ["download", package] })
        {
            var output = await apt.RunAsync([.. arguments, .. options], folder);
            Assert.True(output.ExitCode == 0, output.Errors);
        }
        return Directory.GetFiles(folder, $"{package}_*.deb").Single();
    }
}
