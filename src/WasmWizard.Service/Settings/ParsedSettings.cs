namespace WasmWizard.Service.Settings;

/// <summary>Settings, or everything that is wrong with them.</summary>
public abstract record ParsedSettings
{
    private ParsedSettings()
    {
    }

    public sealed record Valid(ServiceSettings Settings) : ParsedSettings;

    /// <param name="Faults">At least one; each names its variable, what was found, and what is required. Never a secret's value.</param>
    public sealed record Faulty(IReadOnlyList<string> Faults) : ParsedSettings
    {
        /// <summary>One message for the operator.</summary>
        public string Message => $"The settings are not usable; the service does not start.{System.Environment.NewLine}"
            + string.Join(System.Environment.NewLine, Faults.Select(f => $"  - {f}"));
    }
}

/// <summary>What the settings are read for.</summary>
public enum SettingsPurpose
{
    Serve,
    Migrate,
}
