using System.Buffers;
using System.Buffers.Binary;
using Kinopress.Core.Data;
using Kinopress.Core.Features.Lives;
using Kinopress.Core.Features.Lives.OnAir;
using Kinopress.Media.Flv;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Kinopress.Testing;

/// <summary>Sends lives as encoders do, in this process: the same few seconds of H.264 and AAC again and again.</summary>
public static class TestSiteBroadcasts
{
    private static readonly Lazy<List<(FlvTagType Type, long Timestamp, byte[] Body)>> Recorded = new(Read);

    /// <summary>FLV tags, configurations first.</summary>
    public static IReadOnlyList<(FlvTagType Type, long Timestamp, byte[] Body)> Tags => Recorded.Value;

    /// <summary>Puts a live on air and sends that much at once.</summary>
    /// <returns>The encoder's way in, still open.</returns>
    public static async Task<BroadcastFeed> BroadcastAsync(this TestSite site, string publicId, TimeSpan length)
    {
        var live = await site.UseAsync((KinopressDbContext db) => db.Lives.AsNoTracking()
            .Where(candidate => candidate.PublicId == publicId)
            .Select(found => new LiveIngest(found.Id, found.PublicId, found.Title, found.State, found.DvrWindowInSeconds, found.Records, found.HasLadder, found.Channel.OwnerId.Value))
            .SingleAsync());
        var joined = await site.Services.GetRequiredService<Broadcasts>().JoinAsync(live, new Publisher("127.0.0.1", "Test"), CancellationToken.None);
        var feed = joined.Match(made => made, failure => throw new InvalidOperationException(failure.Code));
        foreach (var (type, timestamp, body) in Loop(length))
        {
            await feed.WriteAsync(type, timestamp, body, CancellationToken.None);
        }

        return feed;
    }

    /// <summary>The same as an FLV file.</summary>
    public static byte[] Film(TimeSpan length)
    {
        var file = new ArrayBufferWriter<byte>();
        FlvWriter.FileHeader(file, hasVideo: true, hasAudio: true);
        foreach (var (type, timestamp, body) in Loop(length))
        {
            FlvWriter.Tag(file, type, timestamp, body);
        }

        return file.WrittenSpan.ToArray();
    }

    /// <summary>The same as messages of a page that goes live.</summary>
    public static IEnumerable<byte[]> BrowserMessages(TimeSpan length) => Loop(length).Select(tag => tag.Type == FlvTagType.Video
        ? tag.Body[1] == 0 ? Message(0, tag.Timestamp, [.. "avc1"u8, .. tag.Body[5..]]) : Message((byte)(tag.Body[0] >> 4 == 1 ? 1 : 2), tag.Timestamp, tag.Body[5..])
        : tag.Body[1] == 0 ? Message(3, tag.Timestamp, [.. "mp4a"u8, .. tag.Body[2..]]) : Message(4, tag.Timestamp, tag.Body[2..]));

    private static byte[] Message(byte kind, long milliseconds, byte[] payload)
    {
        var message = new byte[9 + payload.Length];
        message[0] = kind;
        BinaryPrimitives.WriteInt64BigEndian(message.AsSpan(1), milliseconds * 1000);
        payload.CopyTo(message, 9);
        return message;
    }

    private static IEnumerable<(FlvTagType Type, long Timestamp, byte[] Body)> Loop(TimeSpan length)
    {
        var pictures = Tags.Where(tag => tag.Type == FlvTagType.Video && tag.Body[1] == 1).Select(tag => tag.Timestamp).ToList();
        var round = pictures[^1] + pictures[1] - pictures[0];
        for (var start = 0L; start < (long)length.TotalMilliseconds; start += round)
        {
            foreach (var tag in Tags.Where(tag => start == 0 || tag.Body[1] == 1))
            {
                yield return tag with { Timestamp = start + tag.Timestamp };
            }
        }
    }

    private static List<(FlvTagType Type, long Timestamp, byte[] Body)> Read()
    {
        using var file = typeof(Broadcast).Assembly.GetManifestResourceStream("filler.flv") ?? throw new InvalidOperationException("There is nothing to send.");
        using var memory = new MemoryStream();
        file.CopyTo(memory);
        var rest = memory.ToArray().AsMemory(13);
        List<(FlvTagType, long, byte[])> tags = [];
        while (rest.Length > 11)
        {
            var size = BinaryPrimitives.ReadInt32BigEndian(rest.Span) & 0xFFFFFF;
            var type = (FlvTagType)rest.Span[0];
            if (type is FlvTagType.Video or FlvTagType.Audio && rest.Span[11 + 1] <= 1) // configurations and frames
            {
                tags.Add((type, BinaryPrimitives.ReadInt32BigEndian(rest.Span[4..]) >>> 8, rest.Slice(11, size).ToArray()));
            }

            rest = rest[(11 + size + 4)..];
        }

        return tags;
    }
}
