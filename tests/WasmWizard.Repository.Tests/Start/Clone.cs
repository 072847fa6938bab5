using System.Diagnostics;

namespace WasmWizard.Repository.Tests.Start;

/// <summary>A temporary folder with the start scripts and the smallest build program, whose output tells how it was started.</summary>
internal sealed class Clone : IDisposable
{
    private readonly string _outside = Directory.CreateTempSubdirectory("start-").FullName;

    public Clone()
    {
        // A name that breaks scripts that forget their quotes. (An apostrophe would break MSBuild itself.)
        Root = Path.Combine(_outside, "a clone with $pace");
        Directory.CreateDirectory(Root);
        File.Copy(Repository.At("build.sh"), At("build.sh"));
        File.Copy(Repository.At("global.json"), At("global.json"));
        Write("nuget.config", "<configuration><packageSources><clear /></packageSources></configuration>\n");
        Write("build/_build.csproj",
            """
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <UseAppHost>false</UseAppHost>
              </PropertyGroup>
            </Project>

            """);
        Write("build/Program.cs",
            """
            System.Console.Write(string.Join('|', args));
            return args.Length > 0 && int.TryParse(args[^1], out var code) ? code : 0;

            """);
        Write("src/WasmWizard.Delivery.Some/Some.txt", "fed\n");
        Write("src/WasmWizard.Service/Other.txt", "not fed\n");
        Shims = Path.Combine(_outside, "shims");
        Directory.CreateDirectory(Shims);
        Calls = Path.Combine(_outside, "calls");
        Shim("dotnet", $"printf '%s\\n' \"$*\" >>'{Calls}'\nexec \"$REAL_DOTNET\" \"$@\"");
    }

    public string Root { get; }

    /// <summary>A folder of stand-ins for tools, first on the PATH.</summary>
    public string Shims { get; }

    private string Calls { get; }

    /// <summary>How often MSBuild was asked to compile so far.</summary>
    public int Compilations => File.Exists(Calls) ? File.ReadLines(Calls).Count(call => call.StartsWith("build ", StringComparison.Ordinal)) : 0;

    public string At(string path) => Path.Combine(Root, path);

    public void Write(string path, string content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(At(path))!);
        File.WriteAllText(At(path), content);
    }

    public void Shim(string tool, string script)
    {
        var path = Path.Combine(Shims, tool);
        File.WriteAllText(path, $"#!/bin/sh\n{script}\n");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, (UnixFileMode)0b111_101_101);
    }

    public Run Start(params string[] arguments) => StartIn(Root, new Dictionary<string, string>(), arguments);

    public Run StartIn(string folder, IReadOnlyDictionary<string, string> variables, params string[] arguments)
    {
        using var process = Launch(folder, variables, arguments);
        return Finish(process);
    }

    public Process Launch(string folder, IReadOnlyDictionary<string, string> variables, params string[] arguments)
    {
        var start = new ProcessStartInfo(At("build.sh"), arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["PATH"] = $"{Shims}{Path.PathSeparator}{Environment.GetEnvironmentVariable("PATH")}";
        start.Environment["REAL_DOTNET"] = Sdk.Host;
        start.Environment.Remove("DOTNET_ROOT");
        // A test host tells its children which MSBuild to use; the script's own SDK has to decide that.
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)).ToList())
            start.Environment.Remove(name);
        foreach (var (name, value) in variables)
            start.Environment[name] = value;
        var process = Process.Start(start)!;
        process.StandardInput.Close();
        return process;
    }

    public static Run Finish(Process process)
    {
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return new(process.ExitCode, output, errors.Result);
    }

    public void Dispose() => Directory.Delete(_outside, recursive: true);

    internal sealed record Run(int ExitCode, string Output, string Errors);
}
