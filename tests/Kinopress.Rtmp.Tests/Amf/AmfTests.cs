using CsCheck;
using Kinopress.Rtmp.Amf;

namespace Kinopress.Rtmp.Tests.Amf;

public sealed class AmfTests
{
    [Fact]
    public void Any_values_survive_being_written_and_read() =>
        AmfGen.Value.Array[0, 4].Sample(values => AmfReader.ReadAll(AmfWriter.Encode(values)).SequenceEqual(values), iter: 2000);

    [Fact]
    public void Values_cut_off_anywhere_are_refused() =>
        AmfGen.Value.Where(value => AmfWriter.Encode(value).Length < 200).Sample(
            value =>
            {
                var bytes = AmfWriter.Encode(value);
                return Enumerable.Range(1, bytes.Length - 1).All(length => IsRefused(bytes[..length]));
            },
            iter: 500);

    [Theory]
    [InlineData("00 3ff8000000000000", "AmfNumber { Value = 1.5 }")]
    [InlineData("01 01", "AmfBoolean { Value = True }")]
    [InlineData("02 0003 616263", "AmfString { Value = abc }")]
    [InlineData("0c 00000003 616263", "AmfString { Value = abc }")]
    [InlineData("05", "AmfNull { }")]
    [InlineData("06", "AmfUndefined { }")]
    [InlineData("07 0102", "AmfReference { Index = 258 }")]
    [InlineData("0b 4000000000000000 ffc4", "AmfDate { MillisecondsSinceEpoch = 2, TimeZone = -60 }")]
    [InlineData("0d", "AmfUnsupported { }")]
    [InlineData("0f 00000004 3c612f3e", "AmfXml { Document = <a/> }")]
    [InlineData("11 04 ffffffff", "AmfNumber { Value = -1 }")]
    [InlineData("11 04 8100", "AmfNumber { Value = 128 }")]
    [InlineData("11 05 3ff8000000000000", "AmfNumber { Value = 1.5 }")]
    [InlineData("11 06 07 616263", "AmfString { Value = abc }")]
    [InlineData("11 03", "AmfBoolean { Value = True }")]
    [InlineData("11 02", "AmfBoolean { Value = False }")]
    [InlineData("11 01", "AmfNull { }")]
    [InlineData("11 00", "AmfUndefined { }")]
    public void Every_marker_is_read(string bytes, string value) => Assert.Equal(value, Assert.Single(Read(bytes)).ToString());

    [Fact]
    public void Objects_are_read_with_their_names()
    {
        var value = Assert.Single(Read("10 0001 43  0001 61 05  0001 62 01 00  0000 09"));

        Assert.Equal(new AmfObject([new AmfProperty("a", AmfNull.Value), new AmfProperty("b", new AmfBoolean(false))], "C"), value);
    }

    [Fact]
    public void An_associative_array_ends_at_its_end_whatever_it_counted()
    {
        var values = Read("08 ffffffff  0001 61 05  0000 09  01 01");

        Assert.Equal([new AmfEcmaArray([new AmfProperty("a", AmfNull.Value)]), new AmfBoolean(true)], values);
    }

    [Fact]
    public void A_property_is_found_by_name_and_a_missing_one_is_null()
    {
        AmfValue value = new AmfEcmaArray([new AmfProperty("width", new AmfNumber(1920))]);

        Assert.Equal(1920, value["width"]?.AsNumber());
        Assert.Null(value["height"]);
        Assert.Null(new AmfNumber(1)["width"]);
    }

    [Theory]
    [InlineData("04")] // reserved: movie clip
    [InlineData("0e")] // reserved: record set
    [InlineData("12")]
    [InlineData("09")] // an end without an object
    [InlineData("0a ffffffff 05")]
    [InlineData("0c 00010001 61")]
    [InlineData("11 06 06")] // a reference to a string that was never sent
    [InlineData("11 0a 0b")] // an AMF 3 object
    [InlineData("11 06 ffffffff")]
    public void What_is_none_is_refused(string bytes) => Assert.True(IsRefused(Hex(bytes)));

    [Fact]
    public void Nesting_ends_at_sixteen_levels()
    {
        Assert.False(IsRefused(AmfWriter.Encode(Nested(16))));
        Assert.True(IsRefused(AmfWriter.Encode(Nested(17))));
        Assert.True(IsRefused([.. Enumerable.Repeat(Hex("03 0001 61"), 100_000).SelectMany(bytes => bytes)]));
        Assert.True(IsRefused([.. Enumerable.Repeat(Hex("0a 00000001"), 100_000).SelectMany(bytes => bytes)]));
    }

    [Fact]
    public void An_object_has_at_most_256_keys()
    {
        static AmfObject WithKeys(int count) => new([.. Enumerable.Range(0, count).Select(_ => new AmfProperty("k", AmfNull.Value))]);

        Assert.False(IsRefused(AmfWriter.Encode(WithKeys(256))));
        Assert.True(IsRefused(AmfWriter.Encode(WithKeys(257))));
    }

    [Fact]
    public void A_message_has_at_most_4096_values() => Assert.True(IsRefused([.. Enumerable.Repeat((byte)0x05, 4097)]));

    private static AmfValue Nested(int depth) => depth == 0 ? AmfNull.Value : new AmfObject([new AmfProperty("a", Nested(depth - 1))]);

    private static bool IsRefused(byte[] bytes)
    {
        try
        {
            AmfReader.ReadAll(bytes);
            return false;
        }
        catch (RtmpProtocolException exception)
        {
            return exception.Fault == RtmpFault.MalformedAmf;
        }
    }

    private static List<AmfValue> Read(string hex) => AmfReader.ReadAll(Hex(hex));

    private static byte[] Hex(string text) => Convert.FromHexString(text.Replace(" ", "", StringComparison.Ordinal));
}
