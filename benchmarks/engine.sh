#!/usr/bin/env bash
# The build engine in numbers, all in one run on one machine, in turns, after a first round that is not counted:
#
#   start      ./build.sh --help with nothing changed, against `dotnet run file.cs` and against `dotnet build` + `dotnet run --no-build`
#   verify     ./build.sh Verify with nothing changed; only with options of Verify, as what they ask for is measured first, where there is no evidence of it
#   targets    10,000 targets without work, compiled as ./build.sh compiles its program, in a chain and in a fan, and half as many: seconds and peak memory of the whole program
#   together   two independent targets of 5 s at once
#
#   benchmarks/engine.sh [rounds [options of Verify]]        3 rounds or more, default 5
#
# Lines that begin with a word and `=` are for machines. Exit codes: 0 every limit holds, 1 one does not, 2 something did not run.
# shellcheck disable=SC2317 # what is measured is called by its name
set -euo pipefail

root=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd -P)
rounds=${1:-5}
if [ "$#" -gt 0 ]; then shift; fi
verify=(Verify "$@")
case $rounds in '' | *[!0-9]*) rounds=0 ;; esac
if [ "$rounds" -lt 3 ]; then
  echo "engine.sh: fewer than 3 rounds tell nothing; give 3 or more, or nothing" >&2
  exit 2
fi
if ! dotnet=$(command -v dotnet); then dotnet=$root/.dotnet/dotnet; fi
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
unset GITHUB_ACTIONS

folder=$(mktemp -d)
trap 'rm -rf -- "$folder"' EXIT
failed=0

seconds() {
  local TIMEFORMAT=%3R
  { time "$@" >"$folder/output" 2>&1; } 2>&1 || {
    cat -- "$folder/output" >&2
    echo "engine.sh: '$*' failed, so there is nothing to measure" >&2
    exit 2
  }
}

median() { sort -n -- "$1" | awk '{ value[NR] = $1 } END { print (NR % 2) ? value[(NR + 1) / 2] : (value[NR / 2] + value[NR / 2 + 1]) / 2 }'; }

# name, observed, limit
judge() {
  if awk -v observed="$2" -v limit="$3" 'BEGIN { exit !(observed <= limit) }'; then verdict=holds; else verdict=exceeded failed=1; fi
  echo "$1=$2 limit=$3 $verdict"
}

# --- programs to compare with -------------------------------------------------------------------------------------------------------
mkdir "$folder/empty" "$folder/file" "$folder/scale" "$folder/scale/.nuke"
cp -- "$root/global.json" "$folder/"
cat >"$folder/empty/empty.csproj" <<'PROJECT'
<Project Sdk="Microsoft.NET.Sdk"><PropertyGroup><OutputType>Exe</OutputType><TargetFramework>net10.0</TargetFramework></PropertyGroup></Project>
PROJECT
echo 'return;' | tee "$folder/empty/Program.cs" >"$folder/file/file.cs"

# --- a build with many targets ------------------------------------------------------------------------------------------------------
shape() { # class, shape, count
  awk -v name="$1" -v shape="$2" -v count="$3" 'BEGIN {
    printf "public sealed class %s : Big\n{\n    private Target T0 => _ => _.Executes(Nothing);\n", name
    for (i = 1; i < count; i++) printf "    private Target T%d => _ => _.DependsOn(T%d).Executes(Nothing);\n", i, shape == "chain" ? i - 1 : 0
    if (shape == "fan") { printf "    private Target Last => _ => _.DependsOn("; for (i = 1; i < count; i++) printf "%sT%d", (i > 1 ? ", " : ""), i; print ");" }
    else printf "    private Target Last => _ => _.DependsOn(T%d);\n", count - 1
    print "}"
  }'
}
{
  cat <<'CODE'
using WasmWizard.BuildEngine;

public abstract class Big : NukeBuild
{
    protected static void Nothing() { }

    protected override void OnBuildFinished() => Console.Error.WriteLine($"peak {System.Diagnostics.Process.GetCurrentProcess().PeakWorkingSet64 / 1048576.0:0}");
}

public sealed class Together : NukeBuild
{
    // The work that is measured: 5 s each, so that side by side they take little more than one.
    private Target Left => _ => _.Executes(() => Thread.Sleep(5000));
    private Target Right => _ => _.Executes(() => Thread.Sleep(5000));
    private Target Last => _ => _.DependsOn(Left, Right);
}

public static class Program
{
    public static int Main(string[] words)
    {
        var invocation = BuildInvocation.FromProcess() with { Arguments = ["Last", "--no-logo", "--verbosity", "Quiet"], Jobs = 2 };
        return words[0] switch
        {
            "chain" => NukeBuild.Execute<Chain>(invocation),
            "fan" => NukeBuild.Execute<Fan>(invocation),
            "halfchain" => NukeBuild.Execute<HalfChain>(invocation),
            "halffan" => NukeBuild.Execute<HalfFan>(invocation),
            _ => NukeBuild.Execute<Together>(invocation),
        };
    }
}

CODE
  shape Chain chain 10000
  shape Fan fan 10000
  shape HalfChain chain 5000
  shape HalfFan fan 5000
} >"$folder/scale/Scale.cs"
cat >"$folder/scale/Scale.csproj" <<PROJECT
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup>
    <OutputType>Exe</OutputType><TargetFramework>net10.0</TargetFramework><ImplicitUsings>enable</ImplicitUsings><NoWarn>CS1591</NoWarn>
    <TieredPGO>false</TieredPGO><UseAppHost>true</UseAppHost>
  </PropertyGroup>
  <ItemGroup><ProjectReference Include="$root/build/engine/WasmWizard.BuildEngine.csproj" /></ItemGroup>
  <Import Project="$root/build/engine/WasmWizard.BuildEngine.targets" />
</Project>
PROJECT
"$dotnet" build "$folder/scale" --configuration Release --output "$folder/scale/out" --verbosity quiet -nologo -clp:NoSummary >"$folder/output" 2>&1 || { cat -- "$folder/output" >&2; exit 2; }

ours() { "$root/build.sh" --help; }
file() { (cd -- "$folder/file" && "$dotnet" run file.cs); }
empty() { (cd -- "$folder/empty" && "$dotnet" build && "$dotnet" run --no-build); }
scale() { (cd -- "$folder/scale" && out/Scale "$1"); }

for ((round = 0; round <= rounds; round++)); do
  for name in ours file empty; do
    value=$(seconds "$name")
    if [ "$round" -gt 0 ]; then echo "$value" >>"$folder/$name.seconds"; fi
  done
  for name in chain halfchain fan halffan; do
    value=$(seconds scale "$name")
    if [ "$round" -gt 0 ]; then
      echo "$value" >>"$folder/$name.seconds"
      sed -n 's/^peak //p' "$folder/output" >>"$folder/$name.peak"
    fi
  done
done

help=$(median "$folder/ours.seconds")
run=$(median "$folder/file.seconds")
build=$(median "$folder/empty.seconds")
echo "start: build.sh --help $help s, dotnet run file.cs $run s, dotnet build + dotnet run --no-build $build s (medians of $rounds)"
judge start_to_run_file "$(awk -v a="$help" -v b="$run" 'BEGIN { printf "%.3f", a / b }')" 0.333
judge start_to_build_and_run "$(awk -v a="$help" -v b="$build" 'BEGIN { printf "%.3f", a / b }')" 0.1

for name in chain fan; do
  whole=$(median "$folder/$name.seconds")
  half=$(median "$folder/half$name.seconds")
  judge "${name}_of_10000_seconds" "$whole" 1
  judge "${name}_of_10000_peak_mib" "$(median "$folder/$name.peak")" 200
  judge "${name}_of_10000_to_5000" "$(awk -v a="$whole" -v b="$half" 'BEGIN { printf "%.2f", a / b }')" 2.2
done
judge two_of_5_seconds_together "$(seconds scale together)" 5.5

# Everything was answered from evidence when nothing but the judgement itself ran.
if [ "${#verify[@]}" = 1 ]; then
  echo "verify: not asked for"
elif "$root/build.sh" "${verify[@]}" >"$folder/output" 2>&1 && [ "$(grep -c ' Succeeded ' "$folder/output")" = 1 ]; then
  for ((round = 0; round < rounds; round++)); do seconds "$root/build.sh" "${verify[@]}" >>"$folder/verify.seconds"; done
  judge verify_unchanged_seconds "$(median "$folder/verify.seconds")" 1
else
  echo "verify: not measured, because evidence about this tree is not whole; ./build.sh ${verify[*]} makes it"
fi
exit "$failed"
