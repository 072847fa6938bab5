using System.ComponentModel;

namespace WasmWizard.Tests.BuildEngine.IO;

/// <summary>Section 1.7. Follows NUKE, but results are sorted and Exists does not guess from the name.</summary>
public sealed class PathSpecs : IDisposable
{
    private readonly Sandbox _sandbox = new();

    private AbsolutePath Root => _sandbox.Root;

    public void Dispose() => _sandbox.Dispose();

    [Fact]
    public void Paths_descend_ascend_and_lengthen()
    {
        AbsolutePath path = "/a/b/../c.tar.gz/";
        Assert.Equal("/a/c.tar.gz", path);
        Assert.Equal(("c.tar.gz", "c.tar", ".gz", "/a"), (path.Name, path.NameWithoutExtension, path.Extension, path.Parent!.ToString()));
        Assert.Equal("/a/x/y", path / ".." / "x/y");
        Assert.Equal("/a", path / ..);
        Assert.Equal("/a/c.tar.gz.bak", path + ".bak");
        Assert.Null(AbsolutePath.Create("/").Parent);
        Assert.Null((AbsolutePath?)(string?)null);
        Assert.Throws<ArgumentException>(() => AbsolutePath.Create("a/b"));
        Assert.Throws<ArgumentException>(() => path / "/rooted");
        Assert.Throws<ArgumentException>(() => path / 1..);
        Assert.Throws<ArgumentException>(() => AbsolutePath.Create("/") / ..);
    }

    [Fact]
    public void Paths_are_equal_by_text_and_have_formats()
    {
        AbsolutePath path = "/a b";
        Assert.True(path == AbsolutePath.Create("/a b/") && path != AbsolutePath.Create("/A b") && path.Equals((object)AbsolutePath.Create("/a b")));
        Assert.Equal(path.GetHashCode(), AbsolutePath.Create("/a b/").GetHashCode());
        Assert.True((AbsolutePath?)null == null);
        Assert.Equal(["\"/a b\"", "\"/a b\"", "'/a b'", "'/a b'", "/a b"], new[] { "d", "dn", "s", "sn", "nq" }.Select(format => path.ToString(format)));
        Assert.Equal(["/ab", "/ab"], new[] { "dn", "sn" }.Select(format => AbsolutePath.Create("/ab").ToString(format)));
        Assert.Throws<FormatException>(() => path.ToString("x"));
        var converter = TypeDescriptor.GetConverter(typeof(AbsolutePath));
        Assert.True(converter.CanConvertFrom(typeof(string)));
        Assert.Equal(path, converter.ConvertFromString("/a b"));
    }

    [Fact]
    public void Names_and_relations()
    {
        AbsolutePath path = "/a/b/file.txt";
        Assert.Equal("/a/b/file.md", path.WithExtension("md"));
        Assert.True(path.HasExtension("md", ".TXT") && !path.HasExtension("md"));
        Assert.Equal("../c", AbsolutePath.Create("/a/b").GetRelativePathTo("/a/c"));
        Assert.Equal("b/file.txt", AbsolutePath.Create("/a").GetUnixRelativePathTo(path));
        Assert.True(AbsolutePath.Create("/a").Contains(path) && !path.Contains("/a") && !AbsolutePath.Create("/a/b/f").Contains(path));
        Assert.Equal("file.txt", path.ToFileInfo().Name);
        Assert.Equal("b", path.Parent!.ToDirectoryInfo().Name);
    }

    [Fact]
    public void Globs_find_files_and_folders_sorted_and_can_exclude()
    {
        foreach (var name in new[] { "src/b/B.cs", "src/a/A.cs", "src/a/obj/G.cs", "src/a/A.txt", "top.cs", "src/a/bin/x" })
            (Root / name).TouchFile();
        string[] Names(IEnumerable<AbsolutePath> paths) => [.. paths.Select(path => Root.GetUnixRelativePathTo(path))];
        Assert.Equal(["src/a/A.cs", "src/b/B.cs", "top.cs"], Names(Root.GlobFiles("**/*.cs", "!**/obj/**")));
        Assert.Equal(["top.cs"], Names(Root.GlobFiles("*.cs")));
        Assert.Equal(["src/a/bin", "src/a/obj"], Names(Root.GlobDirectories("**/bin", "**/obj")));
        Assert.Equal(["src/a", "src/b"], Names((Root / "src").GlobDirectories("*")));
        Assert.Empty((Root / "absent").GlobFiles("**/*"));
        Assert.Equal(["src/a/A.cs", "src/a/A.txt"], Names((Root / "src" / "a").GetFiles()));
        Assert.Equal(["src/a/A.cs", "src/a/obj/G.cs"], Names((Root / "src" / "a").GetFiles("*.cs", depth: 2)));
        Assert.Equal(["src/a/bin", "src/a/obj"], Names((Root / "src").GetDirectories("*", depth: 2, FileAttributes.Directory).Skip(1).SkipLast(1)));
        Assert.Empty(Root.GetFiles(depth: 0));
    }

    [Fact]
    public void Files_and_folders_are_made_and_removed_and_absence_is_fine()
    {
        var directory = Root / "x" / "y";
        Assert.False(directory.Exists());
        directory.CreateDirectory();
        var file = (directory / "f").TouchFile(new DateTime(2020, 1, 2, 3, 4, 5, DateTimeKind.Local));
        Assert.Equal(2020, File.GetLastWriteTime(file).Year);
        Assert.True(file.FileExists() && file.Exists() && !file.DirectoryExists() && directory.DirectoryExists());
        Assert.Equal((file, null, directory, null), (file.ExistingFile(), file.ExistingDirectory(), directory.ExistingDirectory(), directory.ExistingFile()));
        directory.CreateOrCleanDirectory();
        Assert.True(directory.DirectoryExists() && !file.FileExists());
        file.DeleteFile();
        new[] { file.TouchFile() }.DeleteFiles();
        new[] { directory, Root / "absent" }.DeleteDirectories();
        Assert.False(directory.Exists());
    }

    [Fact]
    public void Removing_a_link_leaves_what_it_shows()
    {
        var kept = (Root / "kept" / "file").TouchFile();
        Directory.CreateSymbolicLink(Root / "link", Root / "kept");
        (Root / "link").DeleteDirectory();
        Assert.True(kept.FileExists() && !(Root / "link").Exists());
    }

    [Fact]
    public void Copying_and_moving_obey_their_policy()
    {
        (Root / "a" / "one").WriteAllText("1");
        (Root / "a" / "sub" / "two").WriteAllText("2");
        (Root / "a").Copy(Root / "b");
        Assert.Equal("2\n", (Root / "b" / "sub" / "two").ReadAllText());
        Assert.Throws<IOException>(() => (Root / "a").Copy(Root / "b"));
        Assert.Throws<IOException>(() => (Root / "a" / "one").Copy(Root / "b" / "one"));
        Assert.Throws<ArgumentException>(() => (Root / "a").Copy(Root / "a" / "sub" / "in"));

        (Root / "b" / "one").WriteAllText("changed");
        (Root / "a").Copy(Root / "b", ExistsPolicy.MergeAndSkip);
        Assert.Equal("changed\n", (Root / "b" / "one").ReadAllText());
        File.SetLastWriteTimeUtc(Root / "b" / "one", DateTime.UnixEpoch);
        (Root / "a").Copy(Root / "b", ExistsPolicy.MergeAndOverwriteIfNewer);
        Assert.Equal("1\n", (Root / "b" / "one").ReadAllText());
        (Root / "b" / "one").WriteAllText("changed");
        (Root / "a").Copy(Root / "b", ExistsPolicy.MergeAndOverwrite);
        Assert.Equal("1\n", (Root / "b" / "one").ReadAllText());

        (Root / "a").CopyToDirectory(Root / "c", excludeDirectory: path => path.Name == "sub", excludeFile: path => path.Name == "none");
        Assert.False((Root / "c" / "a" / "sub").Exists());
        (Root / "c" / "a" / "one").MoveToDirectory(Root / "d");
        (Root / "d" / "one").Rename("uno.txt").RenameWithoutExtension("eins");
        Assert.Equal("1\n", (Root / "d" / "eins.txt").ReadAllText());
        (Root / "a" / "one").Move(Root / "d" / "eins.txt", ExistsPolicy.FileOverwrite);
        (Root / "a").Move(Root / "d", ExistsPolicy.MergeAndSkip);
        Assert.True((Root / "d" / "sub" / "two").FileExists() && !(Root / "a").Exists());
        (Root / "d").Move(Root / "e" / "f");
        Assert.True((Root / "e" / "f" / "sub").DirectoryExists());
    }

    private sealed record Point(int X, string Name);

    [Fact]
    public void Content_is_written_with_folders_and_a_final_line_feed()
    {
        var file = (Root / "deep" / "file").WriteAllText("a");
        Assert.Equal("a\n"u8.ToArray(), file.ReadAllBytes());
        Assert.Equal("a", file.WriteAllText("a", eofLineBreak: false).ReadAllText());
        Assert.Equal(["x", "y"], file.WriteAllLines(["x", "y"]).ReadAllLines());
        Assert.Equal("x\ny\nz1\n2\n", file.AppendAllText("z").AppendAllLines(["1", "2"]).ReadAllText());
        Assert.Equal("X", file.UpdateText(_ => "X").ReadAllText());
        Assert.Equal([1, 2], (Root / "new" / "bytes").WriteAllBytes([1, 2]).ReadAllBytes());
        Assert.Equal("ü", file.WriteAllText("ü", System.Text.Encoding.Latin1, eofLineBreak: false).ReadAllText(System.Text.Encoding.Latin1));

        var json = (Root / "j" / "p.json").WriteJson(new Point(1, "n"));
        Assert.Contains("\"x\": 1", json.ReadAllText());
        Assert.Equal(new Point(2, "n"), json.UpdateJson<Point>(point => point with { X = 2 }).ReadJson<Point>());
        Assert.Throws<System.Text.Json.JsonException>(() => json.WriteAllText("null").ReadJson<Point>());

        var xml = (Root / "x" / "p.xml").WriteXml(new System.Xml.Linq.XDocument(new System.Xml.Linq.XElement("a", new System.Xml.Linq.XAttribute("b", "1"), "text")));
        Assert.Equal("a", xml.ReadXml().Root!.Name.LocalName);
        Assert.Equal(["1"], XmlTasks.XmlPeek(xml, "/a/@b"));
        Assert.Equal(["text"], XmlTasks.XmlPeek(xml, "//a/text()"));
        xml.WriteAllText("<a xmlns='urn:x'><c>1</c><c>2</c></a>");
        Assert.Equal(["1", "2"], XmlTasks.XmlPeek(xml, "//x:c", ("x", "urn:x")));
    }

    [Theory]
    [InlineData("out.zip")]
    [InlineData("out.tar.gz")]
    public void Archives_come_back_as_they_went(string name)
    {
        (Root / "in" / "a").WriteAllText("1");
        (Root / "in" / "sub" / "b").WriteAllText("2");
        (Root / "in").CompressTo(Root / "made" / name).UncompressTo(Root / "out");
        Assert.Equal((Root / "in").GetDirectoryHash(), (Root / "out").GetDirectoryHash());
        Assert.Equal((Root / "in" / "a").GetFileHash(), (Root / "out" / "a").GetFileHash());
        Assert.Throws<ArgumentException>(() => (Root / "in").CompressTo(Root / "x.rar"));
        Assert.Throws<IOException>(() => (Root / "in").CompressTo(Root / "made" / name));
        (Root / "in").ZipTo(Root / "some.zip", path => path.Name == "a").UnZipTo(Root / "some");
        Assert.False((Root / "some" / "sub").Exists());
    }

    [Fact]
    public void The_hash_of_a_folder_depends_on_names_and_contents_alone()
    {
        (Root / "in" / "a").WriteAllText("1");
        var before = (Root / "in").GetDirectoryHash();
        (Root / "in" / "a").TouchFile(DateTime.UnixEpoch);
        Assert.Equal(before, (Root / "in").GetDirectoryHash());
        (Root / "in" / "a").Rename("b");
        Assert.NotEqual(before, (Root / "in").GetDirectoryHash());
    }
}
