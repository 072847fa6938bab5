namespace WasmWizard.Delivery.Local.Protocol.Messages;

/// <summary>PUT /fence: refuse smaller tokens from now on.</summary>
public sealed record FenceOrder(long Token);

/// <summary>PUT /instances/{id}: start it unless it runs, answer when it listens or has ended.</summary>
public sealed record StartOrder(long Token, InstanceSpec Spec);

/// <summary>PUT /route: send requests there from now on; null sends them nowhere.</summary>
public sealed record RouteOrder(long Token, string? Instance);

/// <summary>POST /instances/{id}/stop: drain, ask to end, end; answers when it is gone.</summary>
/// <param name="Token">Fencing token of the caller.</param>
/// <param name="DrainWithin">For how long requests under way may finish.</param>
/// <param name="EndWithin">For how long the process may take to end after it was asked to.</param>
public sealed record StopOrder(long Token, TimeSpan DrainWithin, TimeSpan EndWithin);

/// <summary>POST /shutdown: the front ends.</summary>
/// <param name="Token">Fencing token of the caller.</param>
/// <param name="KeepInstances">Leave the instances running for the next front to adopt; else they are stopped first.</param>
public sealed record ShutdownOrder(long Token, bool KeepInstances);

/// <summary>Why an order was not carried out.</summary>
/// <param name="Title">In short.</param>
/// <param name="Detail">Observed and required.</param>
/// <param name="Status">409: stale token or an order that contradicts the state; 404: no such instance.</param>
public sealed record Refusal(string Title, string Detail, int Status);
