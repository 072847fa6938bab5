# Starts the build program of this repository; compiles it first, but only when the content of its sources changed.
#
#   ./build.ps1 [Target ...] [--parameter value ...]      (./build.ps1 --help lists both)
#
# For Windows PowerShell 5.1 and PowerShell 7. Standard output belongs to the program alone: whatever this script has to
# say goes to standard error. Its own exit codes: 1 the build program does not compile, 2 there is no usable .NET SDK.
# There is no param() block on purpose: every argument is the program's.

Set-StrictMode -Version 2.0
$ErrorActionPreference = 'Stop'
$root = $PSScriptRoot
$cache = [IO.Path]::Combine($root, '.nuke', 'temp', 'build')
$onWindows = [Environment]::OSVersion.Platform -eq 'Win32NT'
$hostName = if ($onWindows) { 'dotnet.exe' } else { 'dotnet' }
$env:DOTNET_CLI_TELEMETRY_OPTOUT = '1'
$env:DOTNET_NOLOGO = '1'

function Write-Note([string[]] $lines) {
    foreach ($line in $lines) { [Console]::Error.WriteLine($line) }
}

# One hash over the names and contents of everything that feeds the build program; no timestamps.
function Get-Fingerprint {
    $files = New-Object 'System.Collections.Generic.List[string]'
    $folders = New-Object 'System.Collections.Generic.Stack[string]'
    $folders.Push([IO.Path]::Combine($root, 'build'))
    $sources = [IO.Path]::Combine($root, 'src')
    if ([IO.Directory]::Exists($sources)) {
        foreach ($folder in [IO.Directory]::GetDirectories($sources, 'WasmWizard.Delivery*')) { $folders.Push($folder) }
    }
    foreach ($pattern in 'build.ps1', 'global.json', 'nuget.config', 'Directory.*') {
        foreach ($file in [IO.Directory]::GetFiles($root, $pattern)) { $files.Add($file) }
    }
    while ($folders.Count -gt 0) {
        $folder = $folders.Pop()
        foreach ($file in [IO.Directory]::GetFiles($folder)) { $files.Add($file) }
        foreach ($child in [IO.Directory]::GetDirectories($folder)) {
            $name = [IO.Path]::GetFileName($child)
            if ($name -ne 'bin' -and $name -ne 'obj') { $folders.Push($child) }
        }
    }
    $paths = $files.ToArray()
    [Array]::Sort($paths, [StringComparer]::Ordinal)
    $sha = [Security.Cryptography.SHA256]::Create()
    try {
        $listing = New-Object 'System.Text.StringBuilder'
        [void] $listing.Append("$([Environment]::GetEnvironmentVariable('BuildEngine'))`n")
        foreach ($path in $paths) {
            $hash = [BitConverter]::ToString($sha.ComputeHash([IO.File]::ReadAllBytes($path)))
            [void] $listing.Append("$hash $($path.Substring($root.Length))`n")
        }
        $total = $sha.ComputeHash([Text.Encoding]::UTF8.GetBytes($listing.ToString()))
        return [BitConverter]::ToString($total).Replace('-', '').ToLowerInvariant()
    }
    finally { $sha.Dispose() }
}

# The host that the compiled program was built with, or nothing when there is no whole program for these sources.
function Get-Compiled([string] $sources) {
    $record = [IO.Path]::Combine($cache, $sources, 'host')
    if (-not [IO.File]::Exists($record)) { return $null }
    if (-not [IO.File]::Exists([IO.Path]::Combine($cache, $sources, '_build.dll'))) { return $null }
    $dotnet = [IO.File]::ReadAllText($record).Trim()
    if ([IO.File]::Exists($dotnet)) { return $dotnet }
    return $null
}

function Get-DotNetOnPath {
    $found = Get-Command 'dotnet' -CommandType Application -ErrorAction SilentlyContinue | Select-Object -First 1
    if ($null -eq $found) { return $null }
    return $found.Path
}

function Test-Sdk([string] $dotnet) {
    if ([string]::IsNullOrEmpty($dotnet) -or -not [IO.File]::Exists($dotnet)) { return $false }
    Push-Location -LiteralPath $root
    # Windows PowerShell turns redirected error output of a program into error records, which must not end this script.
    $ErrorActionPreference = 'Continue'
    try {
        & $dotnet --version 2>$null | Out-Null
        return $LASTEXITCODE -eq 0
    }
    finally { Pop-Location }
}

function Exit-WithoutSdk([string] $failure) {
    $wanted = ([IO.File]::ReadAllText([IO.Path]::Combine($root, 'global.json')) | ConvertFrom-Json).sdk.version
    $given = if ($env:DOTNET_ROOT) { $env:DOTNET_ROOT } else { 'not set' }
    $path = Get-DotNetOnPath
    if (-not $path) { $path = 'no dotnet there' }
    Write-Note @(
        'build.ps1: no usable .NET SDK.'
        "  Observed: none in .dotnet\, in DOTNET_ROOT ($given) or on the PATH ($path);"
        "            installing one failed: $failure"
        "  Required: .NET SDK $wanted or a newer feature band of the same release (global.json)."
        '  So nothing was compiled and nothing was started.'
        '  Next:     install it from https://dotnet.microsoft.com/download (or unpack it into .dotnet\), then ./build.ps1 --help'
    )
    exit 2
}

function Install-Sdk {
    if (-not $onWindows) { Exit-WithoutSdk 'on this system ./build.sh does that' }
    Write-Note 'build.ps1: no .NET SDK here satisfies global.json; installing one into .dotnet\'
    $script = [IO.Path]::Combine($cache, 'dotnet-install.ps1')
    try {
        # Windows PowerShell 5.1 offers no TLS 1.2 by itself on older systems.
        [Net.ServicePointManager]::SecurityProtocol = [Net.ServicePointManager]::SecurityProtocol -bor [Net.SecurityProtocolType]::Tls12
        $ProgressPreference = 'SilentlyContinue'
        Invoke-WebRequest -UseBasicParsing -Uri 'https://dot.net/v1/dotnet-install.ps1' -OutFile $script
        & $script -JSonFile ([IO.Path]::Combine($root, 'global.json')) -InstallDir ([IO.Path]::Combine($root, '.dotnet')) -NoPath *>&1 |
            ForEach-Object { Write-Note "$_" }
    }
    catch { Exit-WithoutSdk $_.Exception.Message }
}

function Find-Sdk {
    $local = [IO.Path]::Combine($root, '.dotnet', $hostName)
    $candidates = @($local)
    if ($env:DOTNET_ROOT) { $candidates += [IO.Path]::Combine($env:DOTNET_ROOT, $hostName) }
    $candidates += Get-DotNetOnPath
    foreach ($candidate in $candidates) { if (Test-Sdk $candidate) { return $candidate } }
    Install-Sdk
    if (Test-Sdk $local) { return $local }
    Exit-WithoutSdk 'the installed SDK does not satisfy global.json'
}

# Compiles into a folder that gets its name only when it is whole. Sources that change meanwhile are compiled again.
function Invoke-Compile([string] $dotnet, [string] $sources) {
    $new = [IO.Path]::Combine($cache, "new.$PID")
    $env:DOTNET_CLI_USE_MSBUILD_SERVER = '0'
    $ErrorActionPreference = 'Continue'
    do {
        $wanted = $sources
        Write-Note 'build.ps1: compiling the build program (its sources changed)'
        $output = & $dotnet build ([IO.Path]::Combine($root, 'build', '_build.csproj')) --configuration Release `
            --artifacts-path ([IO.Path]::Combine($cache, 'work')) --output $new '--tl:off' --verbosity quiet -nologo `
            '-clp:NoSummary' '-nodeReuse:false' 2>&1
        if ($LASTEXITCODE -ne 0) {
            Write-Note @($output | ForEach-Object { "$_" })
            Write-Note 'build.ps1: the build program does not compile, so nothing was started. Next: mend the errors above, then run ./build.ps1 again.'
            exit 1
        }
        $sources = Get-Fingerprint
    } while ($sources -ne $wanted)
    [IO.File]::WriteAllText([IO.Path]::Combine($new, 'host'), "$dotnet`n")
    $final = [IO.Path]::Combine($cache, $sources)
    if ([IO.Directory]::Exists($final)) { [IO.Directory]::Delete($final, $true) }
    [IO.Directory]::Move($new, $final)
    return $sources
}

# The lock is an open file, so the system releases it even when its holder is killed.
function Enter-Lock {
    [void] [IO.Directory]::CreateDirectory($cache)
    while ($true) {
        try { return [IO.File]::Open([IO.Path]::Combine($cache, 'lock'), 'OpenOrCreate', 'ReadWrite', 'None') }
        catch [IO.IOException] { Start-Sleep -Milliseconds 200 }
    }
}

# Windows PowerShell drops empty arguments and does not escape quotes for programs; PowerShell 7.3 passes them as they are.
function ConvertTo-Native([string] $argument) {
    if ($PSVersionTable.PSVersion -ge [Version] '7.3') { return $argument }
    if ($argument -eq '') { return '""' }
    $escaped = $argument -replace '(\\*)"', '$1$1\"'
    if ($escaped -match '\s') { $escaped = $escaped -replace '(\\+)$', '$1$1' }
    return $escaped
}

$sources = Get-Fingerprint
$dotnet = Get-Compiled $sources
if (-not $dotnet) {
    $lock = Enter-Lock
    try {
        $dotnet = Get-Compiled $sources
        if (-not $dotnet) {
            $dotnet = Find-Sdk
            $sources = Invoke-Compile $dotnet $sources
        }
    }
    finally { $lock.Dispose() }
}

# Tools that the program starts must meet the same SDK.
if ((Get-DotNetOnPath) -ne $dotnet) {
    $env:DOTNET_ROOT = [IO.Path]::GetDirectoryName($dotnet)
    $env:PATH = $env:DOTNET_ROOT + [IO.Path]::PathSeparator + $env:PATH
}
$program = [IO.Path]::Combine($cache, $sources, '_build.dll')
if (-not $onWindows) {
    # PowerShell on Unix expands * and ? in what it hands to a program, even when they were quoted.
    $start = New-Object Diagnostics.ProcessStartInfo $dotnet
    foreach ($argument in @($program) + $args) { $start.ArgumentList.Add("$argument") }
    $process = [Diagnostics.Process]::Start($start)
    $process.WaitForExit()
    exit $process.ExitCode
}
$PSNativeCommandArgumentPassing = 'Standard'
$passed = @($args | ForEach-Object { ConvertTo-Native "$_" })
& $dotnet $program @passed
exit $LASTEXITCODE
