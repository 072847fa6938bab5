namespace WasmWizard.Service.Executions;

/// <summary>
/// Why nobody waits for an answer any more: the client left, or the service stops by force. Two tokens side by side, joined
/// only where a thread waits for them: joining costs each request more than looking at both.
/// </summary>
internal readonly struct Abandonment(CancellationToken clientLeft, CancellationToken force)
{
    public bool IsRequested => clientLeft.IsCancellationRequested || force.IsCancellationRequested;

    /// <summary>For waiting; to be disposed.</summary>
    public CancellationTokenSource Join() => CancellationTokenSource.CreateLinkedTokenSource(clientLeft, force);
}
