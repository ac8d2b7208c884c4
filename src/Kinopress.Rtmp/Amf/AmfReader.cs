using System.Buffers.Binary;
using System.Text;

namespace Kinopress.Rtmp.Amf;

/// <summary>Reads AMF 0 values one after another; what is wrong is <see cref="RtmpFault.MalformedAmf"/>.</summary>
internal ref struct AmfReader(ReadOnlySpan<byte> bytes)
{
    private ReadOnlySpan<byte> rest = bytes;
    private int values;

    public readonly bool IsAtEnd => rest.IsEmpty;

    /// <summary>Bytes not read yet.</summary>
    public readonly int Remaining => rest.Length;

    /// <summary>All values up to the end.</summary>
    public static List<AmfValue> ReadAll(ReadOnlySpan<byte> bytes)
    {
        var reader = new AmfReader(bytes);
        List<AmfValue> all = [];
        while (!reader.IsAtEnd)
        {
            all.Add(reader.Read());
        }

        return all;
    }

    public AmfValue Read() => Read(depth: 0);

    private AmfValue Read(int depth)
    {
        if (++values > AmfLimits.Values)
        {
            throw Malformed("There are too many values");
        }

        var marker = UInt8();
        return marker switch
        {
            AmfMarker.Number => new AmfNumber(Double()),
            AmfMarker.Boolean => new AmfBoolean(UInt8() != 0),
            AmfMarker.String => new AmfString(ShortText()),
            AmfMarker.Object => new AmfObject(Properties(depth)),
            AmfMarker.Null => AmfNull.Value,
            AmfMarker.Undefined => AmfUndefined.Value,
            AmfMarker.Reference => new AmfReference(UInt16()),
            AmfMarker.EcmaArray => EcmaArray(depth),
            AmfMarker.StrictArray => StrictArray(depth),
            AmfMarker.Date => new AmfDate(Double(), (short)UInt16()),
            AmfMarker.LongString => new AmfString(LongText()),
            AmfMarker.Unsupported => AmfUnsupported.Value,
            AmfMarker.XmlDocument => new AmfXml(LongText()),
            AmfMarker.TypedObject => TypedObject(depth),
            AmfMarker.Amf3 => Amf3Reader.Read(ref rest),
            _ => throw Malformed($"There is no marker {marker:x2}"),
        };
    }

    // The count is often wrong, so the end marker decides.
    private AmfEcmaArray EcmaArray(int depth)
    {
        UInt32();
        return new AmfEcmaArray(Properties(depth));
    }

    private AmfObject TypedObject(int depth)
    {
        var name = ShortText();
        return new AmfObject(Properties(depth), name);
    }

    private AmfStrictArray StrictArray(int depth)
    {
        var count = UInt32();
        if (count > AmfLimits.Values || count > rest.Length)
        {
            throw Malformed("An array claims more items than there can be");
        }

        EnsureDepth(depth);
        var items = new AmfValue[count];
        for (var i = 0; i < items.Length; i++)
        {
            items[i] = Read(depth + 1);
        }

        return new AmfStrictArray(items);
    }

    private List<AmfProperty> Properties(int depth)
    {
        EnsureDepth(depth);
        List<AmfProperty> properties = [];
        while (true)
        {
            var name = ShortText();
            if (name.Length == 0 && !rest.IsEmpty && rest[0] == AmfMarker.ObjectEnd)
            {
                UInt8();
                return properties;
            }

            if (properties.Count == AmfLimits.KeysPerObject)
            {
                throw Malformed("An object has too many keys");
            }

            properties.Add(new AmfProperty(name, Read(depth + 1)));
        }
    }

    private static void EnsureDepth(int depth)
    {
        if (depth >= AmfLimits.Depth)
        {
            throw Malformed("Values are nested too deeply");
        }
    }

    private string ShortText() => Encoding.UTF8.GetString(Take(UInt16()));

    private string LongText()
    {
        var size = UInt32();
        return size <= AmfLimits.StringSizeInBytes ? Encoding.UTF8.GetString(Take((int)size)) : throw Malformed("A string is too long");
    }

    private byte UInt8() => Take(1)[0];

    private ushort UInt16() => BinaryPrimitives.ReadUInt16BigEndian(Take(2));

    private uint UInt32() => BinaryPrimitives.ReadUInt32BigEndian(Take(4));

    private double Double() => BinaryPrimitives.ReadDoubleBigEndian(Take(8));

    private ReadOnlySpan<byte> Take(int count)
    {
        if (count > rest.Length)
        {
            throw Malformed("A value is cut off");
        }

        var taken = rest[..count];
        rest = rest[count..];
        return taken;
    }

    internal static RtmpProtocolException Malformed(string message) => new(RtmpFault.MalformedAmf, message);
}
