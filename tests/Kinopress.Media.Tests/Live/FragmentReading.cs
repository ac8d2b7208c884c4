using System.Buffers.Binary;

namespace Kinopress.Media.Tests.Live;

/// <summary>A sample as a player finds it.</summary>
internal sealed record ReadSample(uint Track, long DecodeTime, long Duration, int CompositionOffset, bool IsKeyframe, string Payload);

/// <summary>Reads fragments by a way of its own: boxes, runs, offsets.</summary>
internal static class FragmentReading
{
    public static IReadOnlyList<ReadSample> Samples(ReadOnlySpan<byte> fragment)
    {
        var samples = new List<ReadSample>();
        var moofSize = BinaryPrimitives.ReadInt32BigEndian(fragment);
        Assert.Equal("moof", Name(fragment[4..]));
        Assert.Equal("mdat", Name(fragment[(moofSize + 4)..]));
        Assert.Equal(fragment.Length - moofSize, BinaryPrimitives.ReadInt32BigEndian(fragment[moofSize..]));
        for (var at = 8; at < moofSize; at += BinaryPrimitives.ReadInt32BigEndian(fragment[at..]))
        {
            if (Name(fragment[(at + 4)..]) == "traf")
            {
                Track(fragment, at, samples);
            }
        }

        return samples;
    }

    private static void Track(ReadOnlySpan<byte> fragment, int traf, List<ReadSample> samples)
    {
        var track = BinaryPrimitives.ReadUInt32BigEndian(fragment[(traf + 8 + 12)..]);
        var time = BinaryPrimitives.ReadInt64BigEndian(fragment[(traf + 8 + 16 + 12)..]);
        var run = fragment[(traf + 8 + 16 + 20 + 8)..];
        var flags = BinaryPrimitives.ReadUInt32BigEndian(run) & 0xFFFFFF;
        var count = BinaryPrimitives.ReadInt32BigEndian(run[4..]);
        var data = BinaryPrimitives.ReadInt32BigEndian(run[8..]);
        run = run[12..];
        for (var i = 0; i < count; i++)
        {
            var (duration, size) = (BinaryPrimitives.ReadUInt32BigEndian(run), BinaryPrimitives.ReadInt32BigEndian(run[4..]));
            run = run[8..];
            var (isKeyframe, offset) = (true, 0);
            if ((flags & 0xC00) == 0xC00)
            {
                isKeyframe = (BinaryPrimitives.ReadUInt32BigEndian(run) & 0x10000) == 0;
                offset = BinaryPrimitives.ReadInt32BigEndian(run[4..]);
                run = run[8..];
            }

            samples.Add(new ReadSample(track, time, duration, offset, isKeyframe, Name(fragment.Slice(data, size))));
            data += size;
            time += duration;
        }
    }

    private static string Name(ReadOnlySpan<byte> bytes) => System.Text.Encoding.ASCII.GetString(bytes.Length > 4 && bytes[0] != '<' ? bytes[..4] : bytes);
}
