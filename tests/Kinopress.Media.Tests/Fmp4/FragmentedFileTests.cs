using CsCheck;
using Kinopress.Media.Fmp4;

namespace Kinopress.Media.Tests.Fmp4;

public sealed class FragmentedFileTests
{
    [Fact]
    public async Task A_file_is_read_with_its_codec_size_and_fragments()
    {
        var bytes = SampleFile.Bytes((0, 180000), (180000, 180000), (360000, 90000));

        var file = await ReadAsync(bytes);

        Assert.Equal("avc1.640028", file.Codecs);
        Assert.Equal((320, 240, 90000u), (file.Width, file.Height, file.Timescale));
        Assert.Equal([0L, 180000, 360000], file.Fragments.Select(fragment => fragment.DecodeTime));
        Assert.Equal(bytes.Length, file.InitSize + file.Fragments.Sum(fragment => fragment.Size));
        Assert.All(file.Fragments, fragment => Assert.True(fragment.StartsWithKeyframe));
        Assert.Equal(TimeSpan.FromSeconds(2), file.LongestKeyframeInterval());
    }

    [Fact]
    public async Task Segments_cover_every_fragment_once_and_lie_on_the_grid()
    {
        var file = await ReadAsync(SampleFile.Bytes((0, 180180), (180180, 180180), (360360, 180180), (540540, 90000)));

        var segments = Segmenter.Group(file, TimeSpan.FromSeconds(4));

        Assert.Equal(2, segments.Count);
        Assert.Equal(file.InitSize, segments[0].Offset);
        Assert.Equal(segments[0].Offset + segments[0].Size, segments[1].Offset);
        Assert.Equal(4.004, segments[0].Duration.TotalSeconds, 3);
        Assert.Equal(3.002, segments[1].Duration.TotalSeconds, 3);
    }

    [Fact]
    public async Task A_time_before_zero_is_refused() =>
        await Assert.ThrowsAsync<InvalidFragmentedFileException>(() => ReadAsync(SampleFile.Bytes((-3000, 180000))));

    [Fact]
    public async Task A_file_cut_anywhere_is_refused_or_ends_at_a_box()
    {
        var bytes = SampleFile.Bytes((0, 180000), (180000, 180000));
        var accepted = 0;
        for (var length = 0; length < bytes.Length; length++)
        {
            accepted += await IsReadableAsync(bytes[..length], canSeek: length % 2 == 0) ? 1 : 0;
        }

        Assert.Equal(2, accepted);
    }

    [Fact]
    public async Task Random_bytes_never_do_harm() =>
        await Gen.Byte.Array[0, 400].SampleAsync(async bytes => { await IsReadableAsync(bytes, canSeek: true); }, iter: 5000);

    [Fact]
    public async Task Damaged_files_never_do_harm()
    {
        var original = SampleFile.Bytes((0, 180000), (180000, 180000));
        var damage = Gen.Select(Gen.Int[0, original.Length - 1], Gen.OneOf(Gen.Byte, Gen.Const((byte)255), Gen.Const((byte)0))).Array[1, 6];

        await Gen.Select(damage, Gen.Bool).SampleAsync(
            async (places, canSeek) =>
            {
                var bytes = original.ToArray();
                foreach (var (place, value) in places)
                {
                    bytes[place] = value;
                }

                await IsReadableAsync(bytes, canSeek);
            },
            iter: 20000);
    }

    private static Task<FragmentedFile> ReadAsync(byte[] bytes) =>
        FragmentedFile.ReadAsync(new MemoryStream(bytes), TestContext.Current.CancellationToken);

    private static async Task<bool> IsReadableAsync(byte[] bytes, bool canSeek)
    {
        using var memory = new MemoryStream(bytes);
        Stream stream = canSeek ? memory : new ForwardStream(memory);
        var before = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            var file = await FragmentedFile.ReadAsync(stream, CancellationToken.None);
            _ = Segmenter.Group(file, TimeSpan.FromSeconds(4));
            _ = file.LongestKeyframeInterval();
            return true;
        }
        catch (InvalidFragmentedFileException)
        {
            return false;
        }
        finally
        {
            Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 1_000_000);
        }
    }
}
