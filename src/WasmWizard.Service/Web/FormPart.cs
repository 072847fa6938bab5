using System.Buffers;

namespace WasmWizard.Service.Web;

/// <param name="Name">Null when the part does not say one.</param>
/// <param name="Content">A slice of the body that was parsed.</param>
internal readonly record struct FormPart(string? Name, ReadOnlySequence<byte> Content);
