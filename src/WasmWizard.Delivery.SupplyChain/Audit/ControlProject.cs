using WasmWizard.Delivery.SupplyChain.Advisories;

namespace WasmWizard.Delivery.SupplyChain.Audit;

/// <summary>A project with nothing but the control package, cut off from the settings of any folder above it.</summary>
internal static class ControlProject
{
    public static RestoreTarget Write(string folder)
    {
        Directory.CreateDirectory(folder);
        foreach (var name in new[] { "Directory.Build.props", "Directory.Build.targets", "Directory.Packages.props" })
            File.WriteAllText(Path.Combine(folder, name), "<Project />");
        var project = Path.Combine(folder, "Control.csproj");
        File.WriteAllText(
            project,
            $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <TargetFramework>net10.0</TargetFramework>
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="{ControlRecord.Package.Name}" Version="[{ControlRecord.Package.Version}]" />
              </ItemGroup>
            </Project>
            """);
        return new(project);
    }
}
