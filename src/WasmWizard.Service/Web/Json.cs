using System.Text.Encodings.Web;
using System.Text.Json;

namespace WasmWizard.Service.Web;

/// <summary>One way to write JSON everywhere.</summary>
internal static class Json
{
    /// <summary>Answers are JSON documents, never inlined in HTML, so that text stays readable instead of escaped.</summary>
    public static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>For a writer of ours around the serializer.</summary>
    public static readonly JsonWriterOptions Writer = new() { Encoder = Options.Encoder, SkipValidation = true };

    public static readonly JsonSerializerOptions Indented = new(Options)
    {
        WriteIndented = true,
        NewLine = "\n",
    };
}
