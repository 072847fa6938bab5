using System.Globalization;

namespace WasmWizard.Service.Settings;

/// <summary>Reads single variables, NAME or NAME_FILE, and gathers every fault instead of stopping at the first.</summary>
internal sealed class SettingsReader(IReadOnlyDictionary<string, string> variables, Func<string, string> readFile)
{
    private readonly List<string> _faults = [];

    public IReadOnlyList<string> Faults => _faults;

    public void Fault(string fault) => _faults.Add(fault);

    /// <summary>The value, its default, or null. An empty value counts as not set: Compose files and manifests leave such.</summary>
    public string? Text(Variable variable)
    {
        var direct = Raw(variable.Name);
        var file = Raw(variable.Name + "_FILE");
        if (direct is not null && file is not null)
        {
            Fault($"{variable.Name} and {variable.Name}_FILE are both set; one of them is required to go.");
            return direct;
        }

        return file is null ? direct ?? variable.Default : FromFile(variable, file);
    }

    public bool Flag(Variable variable)
    {
        var text = Text(variable);
        switch (text?.ToLowerInvariant())
        {
            case "true" or "1":
                return true;
            case "false" or "0":
                return false;
            default:
                Fault($"{variable.Name} is \"{text}\"; true or false is required.");
                return false;
        }
    }

    public long Number(Variable variable, long minimum, long maximum, long otherwise = 0)
    {
        var text = Text(variable);
        if (text is null)
            return otherwise;
        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number >= minimum && number <= maximum)
            return number;
        Fault($"{variable.Name} is \"{text}\"; a whole number from {minimum} to {maximum} is required.");
        return minimum;
    }

    public TimeSpan Seconds(Variable variable, double minimum, double maximum)
    {
        var text = Text(variable);
        if (double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds) && seconds >= minimum && seconds <= maximum)
            return TimeSpan.FromSeconds(seconds);
        Fault(string.Create(CultureInfo.InvariantCulture, $"{variable.Name} is \"{text}\"; seconds from {minimum} to {maximum} are required."));
        return TimeSpan.FromSeconds(minimum);
    }

    private string? Raw(string name) => variables.TryGetValue(name, out var value) && !string.IsNullOrWhiteSpace(value) ? value.Trim() : null;

    private string? FromFile(Variable variable, string path)
    {
        try
        {
            var text = readFile(path).Trim();
            if (text.Length > 0)
                return text;
            Fault($"{variable.Name}_FILE names {path}, which is empty; a value is required.");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Fault($"{variable.Name}_FILE names {path}, which cannot be read; a readable file is required.");
        }

        return variable.Default;
    }
}
