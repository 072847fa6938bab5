namespace WasmWizard.Service.Data;

/// <summary>A value of a row: text, a whole number, or nothing. No object, as rows are written by the thousand.</summary>
public readonly record struct SqlValue
{
    private SqlValue(string? text, long? number) => (Text, Number) = (text, number);

    public string? Text { get; }

    public long? Number { get; }

    public object ToParameter() => Text ?? (object?)Number ?? DBNull.Value;

    public static SqlValue Of(string? text) => new(text, null);

    public static SqlValue Of(long? number) => new(null, number);
}
