using System.Diagnostics;

namespace WasmWizard.Repository.Tests.Start;

/// <summary>A temporary folder with the start scripts and the smallest build program, whose output tells how it was started.</summary>
internal sealed class Clone : IDisposable
{
    private const string StandInProgram =
        """
        first=1
        for argument; do
          [ -n "$first" ] || printf '|'
          printf '%s' "$argument"
          first=
        done
        case ${argument-} in *[!0-9]*|'') exit 0 ;; *) exit "$argument" ;; esac

        """;

    public const string StandInSdk =
        """
        case $1 in
          --version) echo 10.0.100 ;;
          build)
            project=$2
            while [ "$1" != --output ]; do shift; done
            mkdir -p "$2"
            cp "${project%/*}/Program.sh" "$2/_build.dll"
            ;;
          *) exec sh "$@" ;;
        esac
        """;

    private const string Project =
        """
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup>
            <OutputType>Exe</OutputType>
            <TargetFramework>net10.0</TargetFramework>
            <UseAppHost>false</UseAppHost>
          </PropertyGroup>
        </Project>

        """;

    private const string Program =
        """
        System.Console.Write(string.Join('|', args));
        return args.Length > 0 && int.TryParse(args[^1], out var code) ? code : 0;

        """;

    private readonly string _outside = Directory.CreateTempSubdirectory("start-").FullName;

    /// <param name="realSdk">
    /// True compiles by the SDK that runs these tests, which takes seconds. False takes a stand-in for it: its compiler copies
    /// <c>build/Program.sh</c> as the program and its host runs that, so that only the script is measured.
    /// </param>
    public Clone(bool realSdk = false)
    {
        // A name that breaks scripts that forget their quotes. (An apostrophe would break MSBuild itself.)
        Root = Path.Combine(_outside, "a clone with $pace");
        Shims = Path.Combine(_outside, "shims");
        Directory.CreateDirectory(Root);
        Directory.CreateDirectory(Shims);
        foreach (var script in new[] { "build.sh", "build.ps1" })
            File.Copy(Repository.At(script), At(script));
        File.Copy(Repository.At("global.json"), At("global.json"));
        Write("src/WasmWizard.Delivery.Some/Some.txt", "fed\n");
        Write("src/WasmWizard.Service/Other.txt", "not fed\n");
        Write("build/Program.sh", StandInProgram);
        Shim("dotnet", $"printf '%s\\n' \"$*\" >>'{Calls}'\n{(realSdk ? $"exec '{Sdk.Host}' \"$@\"" : StandInSdk)}");
        if (realSdk)
        {
            Write("nuget.config", "<configuration><packageSources><clear /></packageSources></configuration>\n");
            Write("build/_build.csproj", Project);
            Write("build/Program.cs", Program);
        }
    }

    public string Root { get; }

    /// <summary>A folder of stand-ins for tools, first on the PATH.</summary>
    public string Shims { get; }

    private string Calls => Path.Combine(_outside, "calls");

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

    /// <summary>
    /// build.ps1 in a PowerShell of its own, which is a .NET program: it must not meet the stand-in on the PATH, so that stands in
    /// <c>.dotnet</c>, where both scripts look first.
    /// </summary>
    public Run StartPowerShell(params string[] arguments)
    {
        Directory.CreateDirectory(At(".dotnet"));
        if (File.Exists(Path.Combine(Shims, "dotnet")))
            File.Move(Path.Combine(Shims, "dotnet"), At(".dotnet/dotnet"), overwrite: true);
        using var process = Launch("pwsh", Root, new Dictionary<string, string>(), ["-NoProfile", "-NonInteractive", "-File", At("build.ps1"), .. arguments]);
        return Finish(process);
    }

    public Process Launch(string folder, IReadOnlyDictionary<string, string> variables, params string[] arguments) =>
        Launch(At("build.sh"), folder, variables, arguments);

    private Process Launch(string program, string folder, IReadOnlyDictionary<string, string> variables, string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["PATH"] = $"{Shims}{Path.PathSeparator}{Environment.GetEnvironmentVariable("PATH")}";
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
