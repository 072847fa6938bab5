using System.Text;
using WasmWizard.Delivery.Local.Protocol.Files;

namespace WasmWizard.Delivery.Local.Fronts;

/// <summary>Which address the front serves: the one asked for now, else the recorded one, else the default.</summary>
internal static class PublicAddress
{
    public static Uri Wanted(LocalTargetOptions options) => options.Address ?? Recorded(options) ?? options.DefaultAddress;

    /// <summary>Without a path, e.g. <c>http://127.0.0.1:8095</c>.</summary>
    public static string Text(Uri address) => address.GetLeftPart(UriPartial.Authority);

    private static Uri? Recorded(LocalTargetOptions options) =>
        AtomicFile.Read(options.State.Address) is { } bytes && Uri.TryCreate(Encoding.ASCII.GetString(bytes), UriKind.Absolute, out var address)
            ? address
            : null;
}
