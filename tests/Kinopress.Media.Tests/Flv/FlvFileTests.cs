using System.Buffers;
using System.IO.Pipelines;
using CsCheck;
using Kinopress.Media.Flv;

namespace Kinopress.Media.Tests.Flv;

public sealed class FlvFileTests
{
    [Fact]
    public async Task A_file_is_read_as_it_was_written_however_it_arrives() =>
        await Gen.Select(Gen.Select(Gen.Long[0, uint.MaxValue], Gen.Byte.Array[1, 300]).Array[0, 10], Gen.Int[1, 64]).SampleAsync(async (tags, step) =>
        {
            var read = await ReadAllAsync(Write(tags), step);

            Assert.Equal(FlvFileState.End, read.Last);
            Assert.Equal(tags.Select(tag => tag.Item1), read.Tags.Select(tag => tag.Timestamp));
            Assert.Equal(tags.Select(tag => Convert.ToHexString(tag.Item2)), read.Tags.Select(tag => tag.Body));
        }, iter: 200);

    [Fact]
    public async Task A_file_that_is_cut_off_gives_its_whole_tags_and_says_so()
    {
        var file = Write([(1, [1, 2, 3]), (2, [4, 5, 6])]);

        for (var length = 0; length < file.Length; length++)
        {
            var read = await ReadAllAsync(file[..length], 7);

            var atBorder = length is 13 or 31;
            Assert.Equal(atBorder ? FlvFileState.End : FlvFileState.Malformed, read.Last);
            Assert.Equal(length < 31 ? 0 : 1, read.Tags.Count);
        }
    }

    [Theory]
    [InlineData("464c4601 05 00000009 00000000")]
    [InlineData("464c5601 05 00000008 00000000")]
    [InlineData("464c5601 05 7fffffff 00000000")]
    [InlineData("464c5601 05 00000009 00000000 09 000401 00000000 000000")]
    [InlineData("464c5601 05 00000009 00000000 29 000001 00000000 000000 00 0000000c")]
    public async Task What_is_no_file_or_claims_too_much_is_malformed(string hex)
    {
        var read = await ReadAllAsync(Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal)), 100);

        Assert.Equal((FlvFileState.Malformed, 0), (read.Last, read.Tags.Count));
    }

    private static byte[] Write(IReadOnlyList<(long Timestamp, byte[] Body)> tags)
    {
        var output = new ArrayBufferWriter<byte>();
        FlvWriter.FileHeader(output, hasVideo: true, hasAudio: true);
        foreach (var (timestamp, body) in tags)
        {
            FlvWriter.Tag(output, FlvTagType.Video, timestamp, body);
        }

        return output.WrittenSpan.ToArray();
    }

    private static async Task<(FlvFileState Last, List<(long Timestamp, string Body)> Tags)> ReadAllAsync(byte[] file, int step)
    {
        var pipe = new Pipe(new PipeOptions(minimumSegmentSize: 16));
        var writing = WriteSlowlyAsync(pipe.Writer, file, step);
        var tags = new List<(long, string)>();
        using var reader = new FlvFileReader(pipe.Reader, maxBodySize: 1024);
        while (true)
        {
            var tag = await reader.ReadAsync(CancellationToken.None);
            if (tag.State != FlvFileState.Tag)
            {
                await pipe.Reader.CompleteAsync();
                await writing;
                return (tag.State, tags);
            }

            tags.Add((tag.Timestamp, Convert.ToHexString(tag.Body.Span)));
        }
    }

    private static async Task WriteSlowlyAsync(PipeWriter writer, byte[] file, int step)
    {
        for (var at = 0; at < file.Length; at += step)
        {
            if ((await writer.WriteAsync(file.AsMemory(at, Math.Min(step, file.Length - at)))).IsCompleted)
            {
                break;
            }
        }

        await writer.CompleteAsync();
    }
}
