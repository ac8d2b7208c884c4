using CsCheck;
using Kinopress.Rtmp.Amf;

namespace Kinopress.Rtmp.Tests.Amf;

/// <summary>Any value AMF 0 can say, three levels deep.</summary>
internal static class AmfGen
{
    private static readonly Gen<string> Text = Gen.OneOf(
        Gen.String.AlphaNumeric,
        Gen.Char['\u0000', '\ud7ff'].Array[0, 20].Select(characters => new string(characters)),
        Gen.OneOf("", "🎬", "é", "@setDataFrame", "\0\0\u0009"));

    private static readonly Gen<AmfValue> Simple = Gen.OneOf(
        Gen.Double.Select(number => (AmfValue)new AmfNumber(number)),
        Gen.OneOf(double.NaN, double.PositiveInfinity, -0.0, double.Epsilon).Select(number => (AmfValue)new AmfNumber(number)),
        Gen.Bool.Select(value => (AmfValue)new AmfBoolean(value)),
        Text.Select(text => (AmfValue)new AmfString(text)),
        Gen.Int[65530, 65536].Select(length => (AmfValue)new AmfString(new string('x', length))),
        Gen.OneOf<AmfValue>(AmfNull.Value, AmfUndefined.Value, AmfUnsupported.Value),
        Gen.UShort.Select(index => (AmfValue)new AmfReference(index)),
        Gen.Select(Gen.Double, Gen.Short).Select((time, zone) => (AmfValue)new AmfDate(time, zone)),
        Text.Select(text => (AmfValue)new AmfXml(text)));

    public static Gen<AmfValue> Value { get; } = Nested(3);

    private static Gen<AmfValue> Nested(int depth)
    {
        if (depth == 0)
        {
            return Simple;
        }

        var inner = Nested(depth - 1);
        var properties = Gen.Select(Text, inner).Select((name, value) => new AmfProperty(name, value)).Array[0, 4];
        return Gen.Frequency(
            (4, Simple),
            (1, properties.Select(all => (AmfValue)new AmfObject(all))),
            (1, Gen.Select(properties, Text).Select((all, name) => (AmfValue)new AmfObject(all, name))),
            (1, properties.Select(all => (AmfValue)new AmfEcmaArray(all))),
            (1, inner.Array[0, 4].Select(items => (AmfValue)new AmfStrictArray(items))));
    }
}
