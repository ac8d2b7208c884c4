using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Kinopress.Core.Features.Renditions;
using Kinopress.Core.Features.Videos;
using Kinopress.Core.Foundation;
using Kinopress.Core.Storage;
using Kinopress.Media.Fmp4;

namespace Kinopress.Core.Features.Lives.OnAir;

/// <summary>Makes the files of a session a recording in the blob store. Doing it again goes on where it was interrupted.</summary>
public sealed class KeptRecording(RecordingFiles files, IBlobStore blobs)
{
    // A pause shorter than that is jitter of clocks, not an encoder that was away.
    private static readonly TimeSpan SmallestGap = TimeSpan.FromSeconds(1);

    /// <returns>Null when nothing was recorded.</returns>
    public async Task<LiveRecording?> KeepAsync(
        string session, IReadOnlyList<RecordedChunk> chunks, Id<Video> replayId, DateTimeOffset startedAt, CancellationToken cancellationToken)
    {
        var kept = chunks.Where(chunk => !chunk.IsFiller && chunk.Segments.Count > 0).ToList();
        if (kept.Count == 0)
        {
            return null;
        }

        List<RecordedRendition> renditions = [];
        foreach (var rendition in kept.GroupBy(chunk => chunk.Rendition, StringComparer.Ordinal))
        {
            List<FinishedChunk> finished = [];
            var position = TimeSpan.Zero;
            foreach (var chunk in rendition)
            {
                var made = Finish(chunk, replayId, position, isFirst: finished.Count == 0);
                var path = files.PathOf(session, chunk.Name);
                if (!await blobs.HasAsync(made.BlobKey, cancellationToken))
                {
                    await blobs.PutAsync(made.BlobKey, path, cancellationToken);
                }

                finished.Add(made);
                position += chunk.Segments.Aggregate(TimeSpan.Zero, (sum, segment) => sum + segment.Duration);
            }

            var shown = rendition.MaxBy(chunk => chunk.Width * chunk.Height) ?? rendition.First();
            renditions.Add(new RecordedRendition(rendition.Key, shown.Width, shown.Height, shown.FrameRate, finished));
        }

        return new LiveRecording(renditions) { Gaps = GapsOf(kept, startedAt) };
    }

    private static FinishedChunk Finish(RecordedChunk chunk, Id<Video> replayId, TimeSpan position, bool isFirst)
    {
        List<Segment> segments = [];
        foreach (var segment in chunk.Segments)
        {
            segments.Add(new Segment(segment.Offset, segment.Size, position, segment.Duration) { IsIndependent = segment.IsIndependent });
            position += segment.Duration;
        }

        var name = NameOf(chunk, replayId);
        var last = chunk.Segments[^1];
        return new FinishedChunk(
            chunk.Rendition, name, RecordedRendition.BlobKeyOf(replayId, chunk.Rendition, name), last.Offset + last.Size, chunk.InitSize, chunk.InitHash, chunk.Codecs, segments)
        {
            StartsDiscontinuity = chunk.StartsDiscontinuity && !isFirst,
        };
    }

    // Addresses of what never changes must never have meant anything else.
    private static string NameOf(RecordedChunk chunk, Id<Video> replayId)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{replayId.Value:N}/{chunk.Name}/{chunk.InitHash}/{chunk.Segments.Count}")));
        return string.Create(CultureInfo.InvariantCulture, $"{chunk.Order}-{Convert.ToHexStringLower(hash.AsSpan(0, 6))}");
    }

    private static List<RecordingGap> GapsOf(List<RecordedChunk> kept, DateTimeOffset startedAt)
    {
        var segments = kept.Where(chunk => chunk.Rendition == kept[0].Rendition).SelectMany(chunk => chunk.Segments).OrderBy(segment => segment.MediaSequence).ToList();
        List<RecordingGap> gaps = [];
        var reached = startedAt;
        foreach (var segment in segments)
        {
            if (segment.At - reached > SmallestGap)
            {
                gaps.Add(new RecordingGap(reached - startedAt, segment.At - reached));
            }

            reached = segment.At + segment.Duration;
        }

        return gaps;
    }
}
