namespace WasmWizard.BuildEngine;

/// <summary>Colour by meaning. Plain text where colour is not wanted.</summary>
internal sealed class Palette(bool isColourful)
{
    public static Palette Plain { get; } = new(false);

    public static Palette Colourful { get; } = new(true);

    public string Strong(string text) => Paint("1", text);

    public string Good(string text) => Paint("32", text);

    public string Bad(string text) => Paint("1;31", text);

    public string Doubtful(string text) => Paint("33", text);

    public string Name(string text) => Paint("36", text);

    public string Faint(string text) => Paint("2", text);

    private string Paint(string code, string text) => isColourful && text.Length > 0 ? $"\e[{code}m{text}\e[0m" : text;
}
