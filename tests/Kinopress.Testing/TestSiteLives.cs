using System.Text;
using Kinopress.Core.Data;
using Kinopress.Core.Features.Lives;
using Kinopress.Core.Features.Renditions;
using Kinopress.Core.Features.Videos;
using Kinopress.Core.Foundation;
using Kinopress.Media.Fmp4;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Kinopress.Testing;

/// <summary>Puts lives on air as whoever receives their streams would.</summary>
public static class TestSiteLives
{
    /// <summary>What each segment of a test recording holds.</summary>
    public static byte[] SegmentBytes(int number) => Encoding.ASCII.GetBytes($"segment {number:00}");

    public static Task<StartedLiveSession> StartLiveAsync(this TestSite site, string publicId, string? encoderName = "OBS") => site.UseAsync(async (KinopressDbContext db) =>
    {
        var id = (await db.Lives.AsNoTracking().SingleAsync(live => live.PublicId == publicId)).Id;
        return await site.UseAsync(async (StartLiveSession start) => Value(await start.RunAsync(id, encoderName, CancellationToken.None)));
    });

    public static Task<EndedLiveSession> EndLiveAsync(this TestSite site, Id<LiveSession> session, LiveRecording? recording = null, LiveEndReason reason = LiveEndReason.EncoderStopped) =>
        site.UseAsync(async (EndLiveSession end) =>
            Value(await end.RunAsync(session, new LiveSessionEnding { Reason = reason, Recording = recording, PeakViewers = 7 }, CancellationToken.None)));

    /// <summary>A recording in two files, of segments of two seconds, that lies in the blob store.</summary>
    /// <param name="segments">In each file.</param>
    public static async Task<LiveRecording> RecordAsync(this TestSite site, StartedLiveSession session, int segments = 5)
    {
        List<FinishedChunk> chunks = [];
        for (var index = 0; index < 2; index++)
        {
            var key = RecordedRendition.BlobKeyOf(session.ReplayId, "source", $"{index}-abc");
            var path = Path.Combine(site.Services.GetRequiredService<DataFolder>().Media, key);
            Directory.CreateDirectory(Path.GetDirectoryName(path) ?? "");
            await File.WriteAllBytesAsync(path, [.. "init......"u8, .. Enumerable.Range(0, segments).SelectMany(SegmentBytes)]);
            var made = Enumerable.Range(0, segments).Select(number =>
                new Segment(10 + (number * 10), 10, TimeSpan.FromSeconds(10 + (number * 2)), TimeSpan.FromSeconds(2), IsIndependent: index == 0 || number != 1));
            chunks.Add(new FinishedChunk("source", $"{index}-abc", key, 10 + (segments * 10), 10, $"init{index}", "avc1.64001f,mp4a.40.2", [.. made]) { StartsDiscontinuity = index > 0 });
        }

        return new LiveRecording([new RecordedRendition("source", 1280, 720, 30, chunks)]);
    }

    /// <summary>A live that was on air and left a video.</summary>
    /// <returns>The video's public id.</returns>
    public static async Task<string> AddReplayAsync(this TestSite site, string livePublicId)
    {
        var session = await site.StartLiveAsync(livePublicId);
        return (await site.EndLiveAsync(session.Id, await site.RecordAsync(session))).ReplayPublicId ?? throw new InvalidOperationException("The live left no video.");
    }

    private static T Value<T>(Result<T> result)
        where T : notnull => result.Match(value => value, failure => throw new InvalidOperationException(failure.Code));
}
