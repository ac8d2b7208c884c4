using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace Kinopress.Rtmp.Amf;

/// <summary>Writes AMF 0. Commands and metadata are rare, so clarity goes before allocations.</summary>
internal sealed class AmfWriter
{
    private readonly ArrayBufferWriter<byte> output = new();

    public static byte[] Encode(params ReadOnlySpan<AmfValue> values)
    {
        var writer = new AmfWriter();
        foreach (var value in values)
        {
            writer.Write(value);
        }

        return writer.output.WrittenSpan.ToArray();
    }

    private void Write(AmfValue value)
    {
        switch (value)
        {
            case AmfNumber number:
                UInt8(AmfMarker.Number);
                Double(number.Value);
                break;
            case AmfBoolean boolean:
                UInt8(AmfMarker.Boolean);
                UInt8(boolean.Value ? (byte)1 : (byte)0);
                break;
            case AmfString text:
                Text(text.Value);
                break;
            case AmfObject { ClassName: { } name } typed:
                UInt8(AmfMarker.TypedObject);
                ShortText(name);
                Properties(typed.Properties);
                break;
            case AmfObject anonymous:
                UInt8(AmfMarker.Object);
                Properties(anonymous.Properties);
                break;
            case AmfEcmaArray array:
                UInt8(AmfMarker.EcmaArray);
                UInt32((uint)array.Properties.Count);
                Properties(array.Properties);
                break;
            case AmfStrictArray array:
                UInt8(AmfMarker.StrictArray);
                UInt32((uint)array.Items.Count);
                foreach (var item in array.Items)
                {
                    Write(item);
                }

                break;
            case AmfReference reference:
                UInt8(AmfMarker.Reference);
                UInt16(reference.Index);
                break;
            case AmfDate date:
                UInt8(AmfMarker.Date);
                Double(date.MillisecondsSinceEpoch);
                UInt16((ushort)date.TimeZone);
                break;
            case AmfXml xml:
                UInt8(AmfMarker.XmlDocument);
                LongText(Encoding.UTF8.GetBytes(xml.Document));
                break;
            case AmfNull:
                UInt8(AmfMarker.Null);
                break;
            case AmfUndefined:
                UInt8(AmfMarker.Undefined);
                break;
            default:
                UInt8(AmfMarker.Unsupported);
                break;
        }
    }

    private void Properties(IReadOnlyList<AmfProperty> properties)
    {
        foreach (var property in properties)
        {
            ShortText(property.Name);
            Write(property.Value);
        }

        UInt16(0);
        UInt8(AmfMarker.ObjectEnd);
    }

    private void Text(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        if (bytes.Length > ushort.MaxValue)
        {
            UInt8(AmfMarker.LongString);
            LongText(bytes);
            return;
        }

        UInt8(AmfMarker.String);
        UInt16((ushort)bytes.Length);
        output.Write(bytes);
    }

    private void ShortText(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        UInt16(checked((ushort)bytes.Length));
        output.Write(bytes);
    }

    private void LongText(byte[] bytes)
    {
        UInt32((uint)bytes.Length);
        output.Write(bytes);
    }

    private void UInt8(byte value)
    {
        output.GetSpan(1)[0] = value;
        output.Advance(1);
    }

    private void UInt16(ushort value)
    {
        BinaryPrimitives.WriteUInt16BigEndian(output.GetSpan(2), value);
        output.Advance(2);
    }

    private void UInt32(uint value)
    {
        BinaryPrimitives.WriteUInt32BigEndian(output.GetSpan(4), value);
        output.Advance(4);
    }

    private void Double(double value)
    {
        BinaryPrimitives.WriteDoubleBigEndian(output.GetSpan(8), value);
        output.Advance(8);
    }
}
