using System.IO.Compression;
using System.Text;

namespace WasmWizard.Delivery.SupplyChain.Tests.Audit;

/// <summary>A repository with one project, a package source of its own beside the official one, and no settings from above.</summary>
internal sealed class SampleRepository : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly List<string> _references = [];

    public SampleRepository(string? auditSource = null)
    {
        Directory.CreateDirectory(_folder["feed"]);
        foreach (var name in new[] { "Directory.Build.props", "Directory.Build.targets", "Directory.Packages.props" })
            _folder.Write(name, "<Project />");
        var audit = auditSource is null ? "" : $"""<auditSources><clear /><add key="official" value="{auditSource}" /></auditSources>""";
        _folder.Write("nuget.config", $"""
            <configuration>
              <packageSources><clear /><add key="feed" value="feed" /><add key="nuget.org" value="https://api.nuget.org/v3/index.json" protocolVersion="3" /></packageSources>
              <config><add key="globalPackagesFolder" value="{_folder["packages"]}" /></config>
              <fallbackPackageFolders><add key="machine" value="{MachinePackages}" /></fallbackPackageFolders>
              {audit}
            </configuration>
            """);
        WriteProject("");
    }

    /// <summary>Spares a download of what the machine already has; nothing is written there.</summary>
    private static string MachinePackages =>
        Environment.GetEnvironmentVariable("NUGET_PACKAGES") ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");

    public string Root => _folder.Path;

    public string Configuration => _folder["nuget.config"];

    public string Project => _folder["App.csproj"];

    public string Write(string relative, string text) => _folder.Write(relative, text);

    /// <summary>Adds an empty package to the repository's source.</summary>
    public SampleRepository Publish(string name, string version, params (string Name, string Version)[] dependencies)
    {
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            using var nuspec = zip.CreateEntry($"{name}.nuspec").Open();
            nuspec.Write(Encoding.UTF8.GetBytes($"""
                <package><metadata><id>{name}</id><version>{version}</version><authors>test</authors><description>test</description>
                <dependencies><group targetFramework="net10.0">{string.Concat(dependencies.Select(it => $"<dependency id=\"{it.Name}\" version=\"{it.Version}\" />"))}</group></dependencies>
                </metadata></package>
                """));
        }
        _folder.Write($"feed/{name}.{version}.nupkg", bytes.ToArray());
        return this;
    }

    public SampleRepository Reference(string name, string version, string more = "")
    {
        _references.Add($"""<PackageReference Include="{name}" Version="[{version}]" />""");
        WriteProject(more);
        return this;
    }

    public void Dispose() => _folder.Dispose();

    private void WriteProject(string more) => _folder.Write("App.csproj", $"""
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup>
            <TargetFramework>net10.0</TargetFramework>
            <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
            <NoWarn>NU1901;NU1902;NU1903;NU1904</NoWarn>
            <NuGetAudit>false</NuGetAudit>
          </PropertyGroup>
          <ItemGroup>{string.Concat(_references)}{more}</ItemGroup>
        </Project>
        """);
}
