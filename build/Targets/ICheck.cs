/// <summary>Any repository against what it promises about its delivery.</summary>
public interface ICheck : IWorkspace
{
    [Parameter("Checkout that Check reads; default: this one")]
    string? Repository => TryGetValue(() => Repository);

    Target Check => _ => _
        .Description("Ask a repository, in any language, what it promises and does not keep (--repository PATH)")
        .Executes(async () => await RepositoryChecks.Check(this));
}
