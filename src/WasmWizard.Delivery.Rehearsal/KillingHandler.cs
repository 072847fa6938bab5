namespace WasmWizard.Delivery.Rehearsal;

/// <summary>Ends a pipeline right after one of its writes: from then on it neither sends nor hears anything.</summary>
/// <param name="at">The write, counted from 1.</param>
internal sealed class KillingHandler(int at) : DelegatingHandler
{
    private int _writes;

    public int At => at;

    public bool IsDead { get; private set; }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (IsDead)
            throw new HttpRequestException("the pipeline is dead");
        var response = await base.SendAsync(request, cancellationToken);
        var isWrite = request.Method != HttpMethod.Get && !request.RequestUri!.Query.Contains("dryRun", StringComparison.Ordinal) && !request.RequestUri.AbsolutePath.Contains("selfsubject", StringComparison.Ordinal);
        IsDead = isWrite && ++_writes == at;
        return IsDead ? throw new HttpRequestException("the pipeline is dead") : response;
    }
}
