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

    // A quality that was away for longer than it was there is not worth offering.
    private const double SmallestShare = 0.5;

    /// <returns>Null when nothing was recorded.</returns>
    public async Task<LiveRecording?> KeepAsync(
        string session, IReadOnlyList<RecordedChunk> chunks, Id<Video> replayId, DateTimeOffset startedAt, CancellationToken cancellationToken)
    {
        var kept = chunks.Where(chunk => !chunk.IsFiller && chunk.Segments.Count > 0).ToList();
        if (kept.Count == 0)
        {
            return null;
        }

        var leading = kept.Find(chunk => chunk.Rendition == BroadcastRendition.SourceKey) ?? kept[0];
        var leader = kept.FindAll(chunk => chunk.Rendition == leading.Rendition);
        List<RecordedRendition> renditions = [];
        foreach (var rendition in kept.GroupBy(chunk => chunk.Rendition, StringComparer.Ordinal))
        {
            var pieces = rendition.Key == leading.Rendition ? [.. leader.Select(chunk => new Piece(chunk, chunk.Segments))] : Fill([.. rendition], leader);
            if (pieces.Count > 0)
            {
                renditions.Add(await KeepAsync(session, rendition.Key, pieces, replayId, cancellationToken));
            }
        }

        return new LiveRecording(renditions) { Gaps = GapsOf(leader, startedAt) };
    }

    private async Task<RecordedRendition> KeepAsync(string session, string rendition, IReadOnlyList<Piece> pieces, Id<Video> replayId, CancellationToken cancellationToken)
    {
        List<FinishedChunk> finished = [];
        var position = TimeSpan.Zero;
        foreach (var piece in pieces)
        {
            var made = Finish(piece, rendition, replayId, position, finished.Count, StartsDiscontinuity(pieces, finished.Count));
            if (!await blobs.HasAsync(made.BlobKey, cancellationToken))
            {
                await blobs.PutAsync(made.BlobKey, files.PathOf(session, piece.Chunk.Name), cancellationToken);
            }

            finished.Add(made);
            position += piece.Segments.Aggregate(TimeSpan.Zero, (sum, segment) => sum + segment.Duration);
        }

        var own = pieces.Where(piece => piece.Chunk.Rendition == rendition).Select(piece => piece.Chunk).ToList();
        var shown = own.MaxBy(chunk => chunk.Width * chunk.Height) ?? own[0];
        return new RecordedRendition(rendition, shown.Width, shown.Height, shown.FrameRate, finished);
    }

    /// <summary>
    /// The whole time in a quality whose encoder came late or was away: where it has nothing, the source's segments stand in,
    /// so that every quality of the video has the same length. Pieces point into the source's files; nothing is copied.
    /// </summary>
    /// <returns>Empty when it has too little.</returns>
    private static List<Piece> Fill(IReadOnlyList<RecordedChunk> own, IReadOnlyList<RecordedChunk> leader)
    {
        var found = own.SelectMany(chunk => chunk.Segments.Select(segment => (Chunk: chunk, Segment: segment))).GroupBy(one => one.Segment.MediaSequence).ToDictionary(group => group.Key, group => group.First());
        var wanted = leader.SelectMany(chunk => chunk.Segments.Select(segment => (Chunk: chunk, Segment: segment))).OrderBy(one => one.Segment.MediaSequence).ToList();
        if (wanted.Count(one => found.ContainsKey(one.Segment.MediaSequence)) < wanted.Count * SmallestShare)
        {
            return [];
        }

        List<Piece> pieces = [];
        List<RecordedSegment> segments = [];
        RecordedChunk? open = null;
        foreach (var one in wanted)
        {
            var (chunk, segment) = found.GetValueOrDefault(one.Segment.MediaSequence, one);
            if (open is not null && open != chunk)
            {
                pieces.Add(new Piece(open, segments));
                segments = [];
            }

            open = chunk;
            segments.Add(segment with { Duration = one.Segment.Duration });
        }

        return open is null ? pieces : [.. pieces, new Piece(open, segments)];
    }

    private static bool StartsDiscontinuity(IReadOnlyList<Piece> pieces, int index) =>
        index > 0 && (pieces[index].Chunk.StartsDiscontinuity || pieces[index].Chunk.Rendition != pieces[index - 1].Chunk.Rendition || pieces[index].Segments[0].MediaSequence != pieces[index].Chunk.Segments[0].MediaSequence);

    private static FinishedChunk Finish(Piece piece, string rendition, Id<Video> replayId, TimeSpan position, int index, bool startsDiscontinuity)
    {
        var chunk = piece.Chunk;
        List<Segment> segments = [];
        foreach (var segment in piece.Segments)
        {
            segments.Add(new Segment(segment.Offset, segment.Size, position, segment.Duration) { IsIndependent = segment.IsIndependent });
            position += segment.Duration;
        }

        var file = NameOf(chunk, replayId);
        var name = piece.Segments.Count == chunk.Segments.Count && chunk.Rendition == rendition ? file : NameOf(piece, replayId, index);
        var last = chunk.Segments[^1];
        return new FinishedChunk(
            rendition, name, RecordedRendition.BlobKeyOf(replayId, chunk.Rendition, file), last.Offset + last.Size, chunk.InitSize, chunk.InitHash, chunk.Codecs, segments)
        {
            StartsDiscontinuity = startsDiscontinuity,
        };
    }

    // Addresses of what never changes must never have meant anything else.
    private static string NameOf(RecordedChunk chunk, Id<Video> replayId) =>
        NameOf(string.Create(CultureInfo.InvariantCulture, $"{replayId.Value:N}/{chunk.Name}/{chunk.InitHash}/{chunk.Segments.Count}"), chunk.Order);

    private static string NameOf(Piece piece, Id<Video> replayId, int index) => NameOf(
        string.Create(CultureInfo.InvariantCulture, $"{replayId.Value:N}/{piece.Chunk.Name}/{piece.Chunk.InitHash}/{piece.Segments[0].MediaSequence}/{piece.Segments.Count}"), index);

    private static string NameOf(string content, int number) =>
        string.Create(CultureInfo.InvariantCulture, $"{number}-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(content)).AsSpan(0, 6))}");

    private static List<RecordingGap> GapsOf(List<RecordedChunk> leader, DateTimeOffset startedAt)
    {
        var segments = leader.SelectMany(chunk => chunk.Segments).OrderBy(segment => segment.MediaSequence).ToList();
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

    /// <summary>Segments of one file, one after another.</summary>
    private sealed record Piece(RecordedChunk Chunk, IReadOnlyList<RecordedSegment> Segments);
}
