using System.Globalization;
using System.Text;
using WasmWizard.Delivery.Releases;

namespace WasmWizard.Delivery;

/// <summary>
/// Text made to be hashed: every part is written as <c>length:part,</c> (a netstring, length in UTF-8 bytes), so that no two
/// different lists of parts give the same text, whatever characters the parts hold.
/// </summary>
internal sealed class CanonicalText
{
    private readonly StringBuilder _text = new();

    public CanonicalText Add(string? part)
    {
        if (part is null)
        {
            _text.Append('-').Append(',');
            return this;
        }

        _text.Append(Encoding.UTF8.GetByteCount(part).ToString(CultureInfo.InvariantCulture)).Append(':').Append(part).Append(',');
        return this;
    }

    public Digest Hash() => Digest.Of(Encoding.UTF8.GetBytes(_text.ToString()));
}
