using System.Globalization;

namespace WasmWizard.Delivery.Reports;

/// <summary>Quantities as people read them, in three significant digits at most.</summary>
internal static class Amounts
{
    public static string Time(DateTimeOffset at) => at.ToUniversalTime().ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture) + " UTC";

    public static string Duration(TimeSpan duration) => duration switch
    {
        { TotalSeconds: < 1 } => string.Create(CultureInfo.InvariantCulture, $"{duration.TotalMilliseconds:0} ms"),
        { TotalSeconds: < 10 } => string.Create(CultureInfo.InvariantCulture, $"{duration.TotalSeconds:0.0} s"),
        { TotalMinutes: < 2 } => string.Create(CultureInfo.InvariantCulture, $"{duration.TotalSeconds:0} s"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{(int)duration.TotalMinutes} min {duration.Seconds} s"),
    };

    public static string Nanoseconds(double nanoseconds) => nanoseconds switch
    {
        < 1e3 => Three(nanoseconds) + " ns",
        < 1e6 => Three(nanoseconds / 1e3) + " µs",
        < 1e9 => Three(nanoseconds / 1e6) + " ms",
        _ => Three(nanoseconds / 1e9) + " s",
    };

    public static string Bytes(long bytes) => bytes switch
    {
        < 1024 => bytes.ToString(CultureInfo.InvariantCulture) + " B",
        < 1024 * 1024 => Three(bytes / 1024.0) + " KiB",
        _ => Three(bytes / 1048576.0) + " MiB",
    };

    /// <summary>With its sign: it is a change.</summary>
    public static string Change(double ratio) => (ratio * 100).ToString("+0.0;−0.0;0.0", CultureInfo.InvariantCulture) + " %";

    public static string Percent(double percent) => percent.ToString("0.0", CultureInfo.InvariantCulture) + " %";

    private static string Three(double value) => value.ToString(value switch { < 10 => "0.##", < 100 => "0.#", _ => "0" }, CultureInfo.InvariantCulture);
}
