namespace WasmWizard.Service.Health;

/// <summary>One thing that has to be right before requests can be served.</summary>
/// <param name="Check">Null when all is well, else what was found and what to do, in one sentence.</param>
public sealed record HealthCheck(string Name, Func<CancellationToken, Task<string?>> Check);

/// <summary>The answer of one check.</summary>
public sealed record CheckResult(string Name, bool Healthy, string? Reason);
