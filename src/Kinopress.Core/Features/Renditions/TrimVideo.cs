using System.Text.Json;
using Kinopress.Core.Data;
using Kinopress.Core.Features.Videos;
using Kinopress.Core.Foundation;
using Kinopress.Core.Jobs;
using Kinopress.Media.Fmp4;
using Microsoft.EntityFrameworkCore;

namespace Kinopress.Core.Features.Renditions;

/// <summary>
/// Shows only a part of a video: playlists leave out the segments before and after. All files stay, so
/// <see cref="UntrimVideo"/> takes it back. Cuts fall where segments meet, and never lose anything of the part.
/// </summary>
public sealed class TrimVideo(KinopressDbContext db, TimeProvider clock)
{
    // Half a frame of sound more or less is nothing; half a second is another moment.
    private static readonly TimeSpan Tolerance = TimeSpan.FromMilliseconds(100);

    /// <param name="start">In the whole video; null from its start.</param>
    /// <param name="end">In the whole video; null to its end.</param>
    /// <returns><c>video.not_found</c>, <c>video.invalid</c>, or <c>video.not_trimmable</c>.</returns>
    public async Task<Result<Video>> RunAsync(string publicId, TimeSpan? start, TimeSpan? end, Caller caller, CancellationToken cancellationToken)
    {
        var video = await db.Videos.ManagedBy(caller)
            .SingleOrDefaultAsync(candidate => candidate.PublicId == publicId && candidate.DeletedAt == null, cancellationToken);
        if (video is null)
        {
            return VideoFailures.NotFound;
        }

        if (video is not { State: VideoState.Ready, DurationInMilliseconds: { } milliseconds })
        {
            return VideoFailures.NotTrimmable;
        }

        var whole = TimeSpan.FromMilliseconds(milliseconds);
        var (from, until) = (start ?? TimeSpan.Zero, end ?? whole);
        if (from < TimeSpan.Zero || from >= whole || until <= from || until > whole)
        {
            return VideoFailures.Invalid(new Dictionary<string, string>(StringComparer.Ordinal)
            {
                [from < TimeSpan.Zero || from >= whole ? "startMs" : "endMs"] = "Choose a part within the video.",
            });
        }

        // Index of renditions on video_id and key.
        var renditions = await db.Renditions.AsNoTracking().Include(rendition => rendition.Chunks.OrderBy(chunk => chunk.Index)).Where(rendition => rendition.VideoId == video.Id).ToListAsync(cancellationToken);
        if (CutOf(renditions, from, until, whole) is not var (cutStart, cutEnd))
        {
            return VideoFailures.NotTrimmable;
        }

        var now = clock.GetUtcNow();
        if (video.Trim(cutStart, cutEnd, now).Failed(out var failure))
        {
            return failure;
        }

        await PicturesAgain.MakeAsync(db, video, clock, cancellationToken);
        db.Record(new VideoMediaChanged(video.Id.Value, video.PublicId), now);
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateConcurrencyException)
        {
            return VideoFailures.EditedElsewhere;
        }

        return video;
    }

    /// <summary>The smallest part around the wanted one that every quality and sound track can show; null when they do not agree.</summary>
    private static (TimeSpan Start, TimeSpan End)? CutOf(List<Rendition> renditions, TimeSpan from, TimeSpan until, TimeSpan whole)
    {
        var seams = renditions.ConvertAll(SeamsOf);
        if (seams.Count == 0 || seams.Exists(list => list.Count < 2))
        {
            return null;
        }

        var leading = (RecordedMedia.LargestOf(renditions) ?? renditions[0]) is var main ? seams[renditions.IndexOf(main)] : [];
        var start = leading.Last(seam => seam <= from);
        var end = leading.Find(seam => seam >= until) is { Ticks: > 0 } found && found < leading[^1] ? found : (TimeSpan?)null;
        var agree = seams.TrueForAll(list => Has(list, start) && (end is null || Has(list, end.Value)));
        return agree ? (start, end ?? whole) : null;
    }

    private static bool Has(List<TimeSpan> seams, TimeSpan moment) => seams.Exists(seam => (seam - moment).Duration() <= Tolerance);

    // Where segments meet, from zero to the end.
    private static List<TimeSpan> SeamsOf(Rendition rendition)
    {
        List<TimeSpan> seams = [TimeSpan.Zero];
        foreach (var segment in rendition.Chunks.SelectMany(chunk => JsonSerializer.Deserialize<IReadOnlyList<Segment>>(chunk.SegmentsJson) ?? []))
        {
            seams.Add(seams[^1] + segment.Duration);
        }

        return seams;
    }
}
