using System.Buffers.Binary;
using CsCheck;
using Kinopress.Media.Probing;

namespace Kinopress.Media.Tests.Probing;

public sealed class BoxedFileEndTests
{
    [Fact]
    public async Task A_whole_file_misses_nothing()
    {
        Assert.False(await MissesAsync([.. Box("ftyp", 16), .. Box("moov", 100), .. Box("mdat", 1000)]));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(900)]
    public async Task A_file_cut_inside_its_media_misses_its_end(int missing)
    {
        byte[] whole = [.. Box("ftyp", 16), .. Box("moov", 100), .. Box("mdat", 1000)];

        Assert.True(await MissesAsync(whole[..^missing]));
    }

    [Fact]
    public async Task A_media_box_that_runs_to_the_end_misses_nothing()
    {
        var mdat = Box("mdat", 1000);
        mdat.AsSpan(0, 4).Clear();

        Assert.False(await MissesAsync([.. Box("ftyp", 16), .. mdat]));
    }

    [Fact]
    public async Task A_large_box_is_measured_by_its_64_bit_size()
    {
        var mdat = Box("mdat", 1000);
        BinaryPrimitives.WriteUInt32BigEndian(mdat, 1);
        BinaryPrimitives.WriteInt64BigEndian(mdat.AsSpan(8), 5_000_000_000);

        Assert.True(await MissesAsync([.. Box("ftyp", 16), .. mdat]));
    }

    [Fact]
    public async Task Junk_behind_the_last_box_is_no_missing_end()
    {
        Assert.False(await MissesAsync([.. Box("ftyp", 16), .. Box("mdat", 100), 0xFF, 0xFF, 0xFF, 0xFF, 0x6A, 0x75, 0x6E, 0x6B]));
    }

    [Fact]
    public void Other_files_are_let_through_whatever_they_hold() =>
        Gen.Byte.Array[0, 200].Sample(bytes => MissesAsync(bytes).GetAwaiter().GetResult() && !bytes.AsSpan(4, 4).SequenceEqual("ftyp"u8) ? throw new InvalidOperationException() : true);

    private static Task<bool> MissesAsync(byte[] bytes) => BoxedFileEnd.IsMissingAsync(new MemoryStream(bytes), CancellationToken.None);

    private static byte[] Box(string type, int size)
    {
        var box = new byte[size];
        BinaryPrimitives.WriteInt32BigEndian(box, size);
        System.Text.Encoding.ASCII.GetBytes(type, box.AsSpan(4));
        return box;
    }
}
