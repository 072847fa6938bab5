using System.Text;
using WasmWizard.Delivery.Kubernetes.Simulator.Objects;

namespace WasmWizard.Delivery.Kubernetes.Simulator.Http;

/// <summary>
/// The description that clients before 1.27 ask for: OpenAPI 2 as protobuf, with what they look for before they let the server try a write,
/// a patch of each kind that takes <c>dryRun</c>. Field numbers are those of gnostic's OpenAPIv2.proto.
/// </summary>
internal static class SwaggerDocument
{
    public const string Path = "/openapi/v2";
    public const string ContentType = "application/octet-stream";

    public static byte[] Of(IReadOnlyList<Resource> resources) =>
        [.. Text(1, "2.0"), .. Message(8, [.. resources.SelectMany(resource => Message(2, Named(PathOf(resource), Message(8, Patch(resource)))))])];

    private static byte[] Patch(Resource resource)
    {
        byte[] dryRun = [.. Text(2, "query"), .. Text(4, "dryRun"), .. Text(6, "string")];
        var kind = $"group: \"{resource.Group}\"\nkind: {resource.Kind}\nversion: {resource.Version}\n";
        return
        [
            .. Message(8, Message(1, Message(2, Message(3, dryRun)))),
            .. Message(13, Named("x-kubernetes-action", Text(2, "patch\n"))),
            .. Message(13, Named("x-kubernetes-group-version-kind", Text(2, kind))),
        ];
    }

    private static string PathOf(Resource resource)
    {
        var group = resource.Group.Length == 0 ? $"/api/{resource.Version}" : $"/apis/{resource.Group}/{resource.Version}";
        return $"{group}/{(resource.IsNamespaced ? "namespaces/{namespace}/" : "")}{resource.Plural}/{{name}}";
    }

    private static byte[] Named(string name, byte[] value) => [.. Text(1, name), .. Message(2, value)];

    private static byte[] Text(int field, string text) => Message(field, Encoding.UTF8.GetBytes(text));

    /// <summary>A field with a length in front, which texts and messages are.</summary>
    private static byte[] Message(int field, byte[] content) => [.. Number((field << 3) | 2), .. Number(content.Length), .. content];

    private static IEnumerable<byte> Number(int value)
    {
        for (; value > 127; value >>= 7)
            yield return (byte)(value | 128);
        yield return (byte)value;
    }
}
