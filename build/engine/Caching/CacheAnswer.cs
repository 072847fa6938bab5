namespace WasmWizard.BuildEngine;

/// <summary>Whether an earlier run stands for a new one.</summary>
internal abstract record CacheAnswer
{
    private CacheAnswer()
    {
    }

    public sealed record Hit(CacheEntry Entry) : CacheAnswer;

    /// <param name="Reasons">At least one: what is missing, differs or is damaged.</param>
    public sealed record Miss(IReadOnlyList<string> Reasons) : CacheAnswer
    {
        private const int Shown = 3;

        public override string ToString() => string.Join("; ", Reasons.Take(Shown)) + (Reasons.Count > Shown ? $" and {Reasons.Count - Shown} more" : "");
    }
}
