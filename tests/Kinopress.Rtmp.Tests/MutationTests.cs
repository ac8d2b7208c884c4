using CsCheck;
using Kinopress.Rtmp.Fuzz;

namespace Kinopress.Rtmp.Tests;

/// <summary>
/// Damaged captures: whatever becomes of real bytes, they are understood or refused in the way of this room. eng/fuzz does the same at length, led by
/// what code is reached; here a count bounds it.
/// </summary>
public sealed class MutationTests
{
    private static readonly Gen<byte> Byte = Gen.OneOf(Gen.Byte, Gen.OneOf<byte>(0, 1, 3, 0x7f, 0x80, 0xff));

    [Theory]
    [InlineData("session")]
    [InlineData("chunks")]
    public void A_damaged_publisher_is_understood_or_refused(string target)
    {
        foreach (var capture in Captures.OfPublishers)
        {
            var whole = Captures.Read(capture);
            Damage(whole, target == "session" ? whole : whole[Captures.HandshakeSize..], target, 300);
        }
    }

    [Fact]
    public void A_damaged_server_is_understood_or_refused()
    {
        var whole = Captures.Read(Captures.OfServer);
        Damage(whole, whole, "publisher", 1000);
    }

    [Fact]
    public void Damaged_values_are_understood_or_refused() =>
        Gen.Select(Amf.AmfGen.Value.Array[1, 3], Changes).Sample(
            (values, changes) => Targets.Amf(Changed(Rtmp.Amf.AmfWriter.Encode(values), changes, 0)), iter: 5000);

    [Fact]
    public void The_captures_themselves_are_understood()
    {
        foreach (var capture in Captures.OfPublishers)
        {
            Targets.Session(Captures.Read(capture));
            Targets.Chunks(Captures.Read(capture)[Captures.HandshakeSize..]);
        }
    }

    private static Gen<(double At, byte Value, int Kind)[]> Changes { get; } = Gen.Select(Gen.Double[0, 1], Byte, Gen.Int[0, 3]).Array[1, 6];

    private static void Damage(byte[] whole, byte[] bytes, string target, int count)
    {
        // The handshake is as good as any; damage belongs behind it.
        var keep = bytes.Length == whole.Length ? Captures.HandshakeSize : 0;
        Changes.Sample(changes => Targets.All[target](Changed(bytes, changes, keep)), iter: count);
    }

    private static byte[] Changed(byte[] original, (double At, byte Value, int Kind)[] changes, int keep)
    {
        List<byte> bytes = [.. original];
        foreach (var (at, value, kind) in changes)
        {
            var place = keep + (int)(at * (bytes.Count - keep - 1));
            if (place < keep || place >= bytes.Count)
            {
                continue;
            }

            switch (kind)
            {
                case 0:
                    bytes[place] = value;
                    break;
                case 1:
                    bytes.Insert(place, value);
                    break;
                case 2:
                    bytes.RemoveRange(place, Math.Min(value, bytes.Count - place));
                    break;
                default:
                    bytes.InsertRange(place, bytes.GetRange(place, Math.Min(value, bytes.Count - place)));
                    break;
            }
        }

        return [.. bytes];
    }
}
