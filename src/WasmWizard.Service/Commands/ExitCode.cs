namespace WasmWizard.Service.Commands;

/// <summary>What the process tells its starter.</summary>
public static class ExitCode
{
    public const int Done = 0;

    /// <summary>Nobody foresaw this.</summary>
    public const int Unexpected = 1;

    /// <summary>The command line, the settings, or what they point to; nothing was started or changed.</summary>
    public const int Usage = 2;

    /// <summary>The schema is other than this binary needs: pending migrations (check), or altered ones (check, migrate); or a key does not hold (check-key).</summary>
    public const int NotCurrent = 3;
}
