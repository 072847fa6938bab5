using CliWrap;
using WasmWizard.Delivery.Checking.Snapshots;

namespace WasmWizard.Delivery.Checking.Tests;

/// <summary>Real checkouts in every state in which people have them.</summary>
public sealed class GitCheckoutSpecs : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("checkout-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [ToolFact("git")]
    public async Task Tracked_and_new_files_are_read_and_ignored_ones_are_not()
    {
        var root = await Repository("plain");
        Write(root, "new.sh", "#!/bin/sh\n");
        Write(root, "left-out.txt", "x");
        Write(root, "deleted.txt", "x");
        await Git(root, "add", "deleted.txt");
        File.Delete(Path.Combine(root, "deleted.txt"));

        var snapshot = await Read(root);

        Assert.Equal([".gitignore", "folder/file.txt", "new.sh"], snapshot.Files.Select(file => file.Path));
        Assert.True(snapshot.Has("folder"));
        Assert.False(snapshot.Has("../" + Path.GetFileName(root)));
    }

    [ToolFact("git")]
    public async Task A_folder_in_the_checkout_stands_for_the_whole()
    {
        var root = await Repository("plain");

        Assert.NotNull((await Read(Path.Combine(root, "folder"))).File("folder/file.txt"));
    }

    [ToolFact("git")]
    public async Task Links_are_not_followed()
    {
        var root = await Repository("links");
        Write(_folder, "outside.sh", "secret");
        File.CreateSymbolicLink(Path.Combine(root, "link.sh"), Path.Combine(_folder, "outside.sh"));
        await Git(root, "add", "-A");

        Assert.Null((await Read(root)).File("link.sh"));
    }

    [ToolFact("git")]
    public async Task What_is_no_text_or_too_large_is_known_by_name_only()
    {
        var root = await Repository("large");
        Write(root, "binary.dat", "a\0b");
        Write(root, "large.yml", new string('x', RepositorySnapshot.MaxFileBytes + 1));

        var snapshot = await Read(root);

        Assert.Equal(["", ""], [snapshot.File("binary.dat")!.Text, snapshot.File("large.yml")!.Text]);
    }

    [ToolFact("git")]
    public async Task Before_the_first_commit_there_are_no_branches_and_no_fault()
    {
        var root = Directory.CreateDirectory(Path.Combine(_folder, "empty")).FullName;
        await Git(root, "init", "-q", "-b", "master");

        var snapshot = await Read(root);

        Assert.Empty(snapshot.Files);
        Assert.Empty(RepositoryCheck.Of(snapshot));
    }

    [ToolFact("git")]
    public async Task A_worktree_a_shallow_clone_and_a_detached_head_are_checkouts()
    {
        var root = await Repository("origin");
        await Git(root, "branch", "development");
        await Git(root, "worktree", "add", "-q", Path.Combine(_folder, "worktree"), "development");
        await Git(_folder, "clone", "-q", "file://" + root, "whole");
        await Git(_folder, "clone", "-q", "--depth", "1", "file://" + root, "shallow");
        await Git(Path.Combine(_folder, "whole"), "checkout", "-q", "--detach");

        var (worktree, whole, shallow) = (await Read(Path.Combine(_folder, "worktree")), await Read(Path.Combine(_folder, "whole")), await Read(Path.Combine(_folder, "shallow")));

        Assert.All(new[] { worktree, whole, shallow }, snapshot => Assert.NotNull(snapshot.File("folder/file.txt")));
        Assert.Equal(["development", "master"], whole.Branches.Names.Order(StringComparer.Ordinal));
        Assert.Equal((true, false), (whole.Branches.AreComplete, shallow.Branches.AreComplete));
    }

    [ToolFact("git")]
    public async Task What_is_no_checkout_is_said_with_what_to_do()
    {
        var none = Assert.IsType<CheckoutReading.NoCheckout>(await GitCheckout.Read(Path.Combine(_folder, "none")));
        var plain = Assert.IsType<CheckoutReading.NoCheckout>(await GitCheckout.Read(_folder));

        Assert.Equal(["WW6900", "WW6901"], [none.Fault.Id, plain.Fault.Id]);
    }

    private static async Task<RepositorySnapshot> Read(string folder) => Assert.IsType<CheckoutReading.Read>(await GitCheckout.Read(folder)).Snapshot;

    private async Task<string> Repository(string name)
    {
        var root = Directory.CreateDirectory(Path.Combine(_folder, name)).FullName;
        await Git(root, "init", "-q", "-b", "master");
        Write(root, "folder/file.txt", "text");
        Write(root, ".gitignore", "left-out.txt\n");
        await Git(root, "add", "-A");
        await Git(root, "-c", "user.name=Test", "-c", "user.email=test@example.invalid", "commit", "-q", "-m", "Begin");
        return root;
    }

    private static void Write(string root, string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(root, path))!);
        File.WriteAllText(Path.Combine(root, path), text);
    }

    private static async Task Git(string folder, params string[] arguments) =>
        await Cli.Wrap("git").WithArguments(arguments).WithWorkingDirectory(folder).WithEnvironmentVariables(variables => variables.Set("GIT_CONFIG_NOSYSTEM", "1")).ExecuteAsync();
}
