using System.Diagnostics;
using System.Globalization;
using WasmWizard.Delivery.Releases;

namespace WasmWizard.Delivery.Gates.Integration;

/// <summary>One thing that the release was made to do.</summary>
/// <param name="Name">What it is, e.g. <c>migrate</c>.</param>
/// <param name="Fault">What was observed instead of what was required; null when it held.</param>
public sealed record IntegrationCheck(string Name, string? Fault);

/// <summary>What became of running the release beside real servers.</summary>
public abstract record IntegrationObservation
{
    private IntegrationObservation()
    {
    }

    /// <param name="Ran">Digest of the release that ran.</param>
    /// <param name="Servers">Name and version of each server it ran with.</param>
    /// <param name="Checks">In the order in which they were made; it stops at the first fault that makes the next pointless.</param>
    public sealed record Measured(Digest Ran, IReadOnlyList<string> Servers, IReadOnlyList<IntegrationCheck> Checks) : IntegrationObservation;

    /// <param name="Tools">What is not on this machine.</param>
    public sealed record ToolsMissing(IReadOnlyList<string> Tools) : IntegrationObservation;

    /// <summary>A server, or the environment itself, could not be brought up.</summary>
    public sealed record Failed(string Reason) : IntegrationObservation;
}

/// <summary>Judges whether the release works with the servers that production runs, before it meets them there.</summary>
public static class IntegrationGate
{
    private const string Again = "./build.sh Integration";

    /// <summary>The checks that an answer needs, in their order.</summary>
    public static IReadOnlyList<string> Required { get; } =
        ["migrate", "migrate again changes nothing", "create a key", "start", "refuse without a key", "execute a module", "keep the usage", "limit the rate", "stop"];

    /// <param name="observation">What was observed.</param>
    /// <param name="release">Digest of the release that would be deployed.</param>
    public static GateResult Judge(IntegrationObservation observation, Digest release) => observation switch
    {
        IntegrationObservation.ToolsMissing missing => new(Verdict.Inconclusive, $"not on this machine: {string.Join(", ", missing.Tools)}", "apt-get install postgresql redis-server"),
        IntegrationObservation.Failed failed => new(Verdict.Errored, failed.Reason, Again),
        IntegrationObservation.Measured measured => Judge(measured, release),
        _ => throw new UnreachableException(),
    };

    private static GateResult Judge(IntegrationObservation.Measured measured, Digest release)
    {
        var faults = measured.Checks.Where(check => check.Fault is not null).ToList();
        var missing = Required.Except(measured.Checks.Select(check => check.Name)).ToList();
        if (measured.Ran != release)
            return new(Verdict.Refused, $"{Short(measured.Ran)} ran, {Short(release)} would be deployed", Again);
        if (faults.Count > 0)
            return new(Verdict.Refused, $"with {string.Join(" and ", measured.Servers)}: {string.Join("; ", faults.Select(check => $"{check.Name}: {check.Fault}"))}", "read artifacts/integration/service.log");
        if (measured.Servers.Count < 2 || missing.Count > 0)
            return new(Verdict.Inconclusive, $"not everything was tried: {string.Join(", ", missing.DefaultIfEmpty("PostgreSQL and Redis"))}", Again);
        return new(Verdict.Passed, $"{Short(release)} with {string.Join(" and ", measured.Servers)}: {measured.Checks.Count.ToString(CultureInfo.InvariantCulture)} checks held")
        {
            Measurements = new Dictionary<string, decimal> { ["checks"] = measured.Checks.Count },
        };
    }

    private static string Short(Digest digest) => digest.ToString()[..19];
}
