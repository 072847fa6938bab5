/// <summary>The platform's settings, which follow from the strategy as the workflows do.</summary>
public interface IProtect : IWorkspace
{
    [Parameter("Protect writes what differs and reads it back; without it nothing is changed")]
    bool Apply => TryGetValue<bool?>(() => Apply) ?? false;

    Target Protect => _ => _
        .Description("Hold GitHub's settings against the strategy: match, drift or unknown (--apply: write, then read back)")
        .Executes(async () => await Protection.Review(this));
}
