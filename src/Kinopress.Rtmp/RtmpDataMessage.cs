using System.Diagnostics.CodeAnalysis;
using Kinopress.Rtmp.Amf;

namespace Kinopress.Rtmp;

/// <summary>What a data message says, in practice <c>onMetaData</c> with one object. Hints only: encoders err and lie.</summary>
public sealed record RtmpDataMessage(string Name, IReadOnlyList<AmfValue> Values)
{
    public const string Metadata = "onMetaData";

    /// <returns>False when the body is not a name with values, or holds more than metadata should.</returns>
    public static bool TryParse(ReadOnlySpan<byte> body, [NotNullWhen(true)] out RtmpDataMessage? data)
    {
        data = null;
        try
        {
            if (AmfReader.ReadAll(body) is [AmfString name, .. var values])
            {
                data = new RtmpDataMessage(name.Value, values);
            }
        }
        catch (RtmpProtocolException)
        {
            // Odd metadata is no reason to end a live.
        }

        return data is not null;
    }

    /// <summary>The body of a data message that says so.</summary>
    public static byte[] Encode(string name, params ReadOnlySpan<AmfValue> values) => AmfWriter.Encode([new AmfString(name), .. values]);
}
