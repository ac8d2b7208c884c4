using System.Globalization;
using System.IO.Pipelines;
using System.Security.Cryptography;
using System.Text;
using Kinopress.Core.Features.Renditions;
using Kinopress.Core.Features.Videos;
using Kinopress.Core.Foundation;
using Kinopress.Core.Storage;
using Kinopress.Media.Fmp4;

namespace Kinopress.Core.Features.Lives.OnAir;

/// <summary>Copies segments out of a recording that still grows: byte ranges, decoded and encoded by nobody.</summary>
public sealed class ClippedSegments(RecordingFiles recordings, IBlobStore blobs, WorkFolder work)
{
    /// <param name="id">Of the video they are for.</param>
    /// <returns>Null when too little of the piece has been recorded, or is recorded still.</returns>
    public async Task<RecordedRendition?> CutAsync(Guid sessionId, ClippedPiece piece, Id<Video> id, CancellationToken cancellationToken)
    {
        try
        {
            return await TryCutAsync(sessionId, piece, id, cancellationToken);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            await ForgetAsync(id);
            return null; // the live ended, or its window moved on, at this moment
        }
    }

    /// <summary>Takes copied files away again.</summary>
    public Task ForgetAsync(Id<Video> id) => blobs.DeleteAllAsync(RenditionBlobs.FolderOf(id), CancellationToken.None);

    private async Task<RecordedRendition?> TryCutAsync(Guid sessionId, ClippedPiece piece, Id<Video> id, CancellationToken cancellationToken)
    {
        var session = sessionId.ToString("N");
        var runs = recordings.Read(session)
            .Where(chunk => chunk is { Rendition: BroadcastRendition.SourceKey, IsFiller: false })
            .Select(chunk => chunk with { Segments = [.. chunk.Segments.Where(segment => segment.At < piece.To && segment.At + segment.Duration > piece.From)] })
            .Select(FromKeyframe)
            .Where(chunk => chunk.Segments.Count > 0)
            .ToList();
        if (runs.SelectMany(chunk => chunk.Segments).Aggregate(TimeSpan.Zero, (sum, segment) => sum + segment.Duration) < LiveClipRequest.Shortest / 2)
        {
            return null;
        }

        using var space = work.Create();
        List<FinishedChunk> made = [];
        var position = TimeSpan.Zero;
        foreach (var run in runs)
        {
            var chunk = await CopyAsync(session, run, id, made.Count, position, space, cancellationToken);
            made.Add(chunk);
            position = chunk.Segments[^1].Start + chunk.Segments[^1].Duration;
        }

        var shown = runs[0];
        return new RecordedRendition(BroadcastRendition.SourceKey, shown.Width, shown.Height, shown.FrameRate, made);
    }

    // A decoder can start nowhere else.
    private static RecordedChunk FromKeyframe(RecordedChunk chunk) => chunk with { Segments = [.. chunk.Segments.SkipWhile(segment => !segment.IsIndependent)] };

    private async Task<FinishedChunk> CopyAsync(
        string session, RecordedChunk run, Id<Video> id, int index, TimeSpan position, WorkSpace space, CancellationToken cancellationToken)
    {
        var file = string.Create(CultureInfo.InvariantCulture, $"clip-{index}.mp4");
        var recorded = recordings.PathOf(session, run.Name);
        List<Segment> segments = [];
        await using (var stream = space.Create(file))
        {
            var target = PipeWriter.Create(stream, new StreamPipeWriterOptions(leaveOpen: true));
            await RecordingFiles.CopyToAsync(recorded, 0, run.InitSize, target, cancellationToken);
            var offset = run.InitSize;
            foreach (var segment in run.Segments)
            {
                await RecordingFiles.CopyToAsync(recorded, segment.Offset, segment.Size, target, cancellationToken);
                segments.Add(new Segment(offset, segment.Size, position, segment.Duration) { IsIndependent = segment.IsIndependent });
                offset += segment.Size;
                position += segment.Duration;
            }

            await target.CompleteAsync();
        }

        // Addresses of what never changes must never have meant anything else.
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{id.Value:N}/{run.Name}/{run.Segments[0].MediaSequence}")));
        var name = string.Create(CultureInfo.InvariantCulture, $"{index}-{Convert.ToHexStringLower(hash.AsSpan(0, 6))}");
        var key = RecordedRendition.BlobKeyOf(id, BroadcastRendition.SourceKey, name);
        await blobs.PutAsync(key, space.FileFor(file), cancellationToken);
        return new FinishedChunk(BroadcastRendition.SourceKey, name, key, segments[^1].Offset + segments[^1].Size, run.InitSize, run.InitHash, run.Codecs, segments)
        {
            StartsDiscontinuity = index > 0,
        };
    }
}
