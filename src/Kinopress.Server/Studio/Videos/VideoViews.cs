using Kinopress.Core.Features.Lives;
using Kinopress.Core.Features.Renditions;
using Kinopress.Core.Features.Videos;
using Kinopress.Core.Foundation;
using Kinopress.Server.Host;
using Kinopress.Server.Host.Media;
using Read = Kinopress.Core.Features.Videos.VideoView;

namespace Kinopress.Server.Studio.Videos;

/// <summary>Makes the view records of Studio's video pages.</summary>
internal sealed class VideoViews(StudioFrames frames, MediaUrls urls, RenditionQueries renditions, RecordedVideoQueries recorded, IHttpContextAccessor accessor)
{
    public const string StaleForm = "What you typed is still below and not saved. Save again to put it in place of the other change.";
    private const int ListWidth = 320;
    private const int PosterWidth = 1280;

    public async Task<VideosView> ListAsync(
        VideosTab tab, string? search, Page<Read> page, ManagedVideoCounts counts, Caller caller, CancellationToken cancellationToken)
    {
        var words = string.IsNullOrWhiteSpace(search) ? null : search.Trim();
        var current = $"/studio/videos?tab={tab.ToString().ToLowerInvariant()}{(words is null ? "" : $"&search={Uri.EscapeDataString(words)}")}";
        var kinds = await recorded.FindKindsAsync([.. page.Items.Select(video => video.Id)], caller, cancellationToken);
        return new VideosView(
            await frames.CreateAsync(StudioArea.Videos, caller, cancellationToken),
            tab,
            new VideoCounts(counts.All, counts.Published, counts.Drafts, counts.Trash),
            words,
            [.. page.Items.Select(video => Row(video, kinds.TryGetValue(video.Id, out var kind) ? kind : null))],
            page.Next is null ? null : $"{current}&cursor={page.Next}",
            current);
    }

    /// <param name="refused">What was posted and refused; <see cref="RefusedForm.None"/> to show what is stored.</param>
    public async Task<VideoView> PageAsync(Read video, RefusedForm refused, Caller caller, CancellationToken cancellationToken)
    {
        var jobs = await renditions.ListJobsAsync(video.PublicId, caller, cancellationToken);
        var watchUrl = video is { IsPlayable: true, DeletedAt: null } ? Absolute(MediaUrls.Watch(video.PublicId)) : null;
        return new VideoView(
            await frames.CreateAsync(StudioArea.Videos, caller, cancellationToken),
            video.PublicId,
            video.Title,
            StateOf(video),
            video.Progress,
            video.ProblemMessage,
            video.PublishedAt,
            video.PublishWhenReady,
            video.CreatedAt,
            video.DeletedAt + DeleteVideo.KeptInTrash,
            await renditions.GetOriginalFileNameAsync(video.Id, cancellationToken),
            urls.Thumbnail(video, PosterWidth),
            video.IsPortrait,
            urls.Hls(video) is { } source
                ? new VideoPlayerView(source, urls.Thumbnail(video, PosterWidth), urls.Storyboard(video), urls.Chapters(video), video.DurationInMilliseconds ?? 0, video.State == VideoState.Playable, video.AspectRatio)
                : null,
            watchUrl,
            watchUrl is null ? null : EmbedCode.For(video, Absolute(MediaUrls.Embed(video.PublicId))),
            jobs.Match(list => list.Select(Row).ToList(), _ => []),
            VideoFormChoices.Form(video, refused.Edit),
            ErrorsOf(refused.Failure),
            TrimOf(video, refused.Trim),
            ChaptersOf(video, refused.Chapters));
    }

    private static VideoTrimView? TrimOf(Read video, RefusedTrim? refused) => video is { State: VideoState.Ready, WholeDurationInMilliseconds: { } whole }
        ? new VideoTrimView(
            TimeSpan.FromMilliseconds(whole),
            video.Trim is not null,
            refused?.From ?? ClockTime.WriteExactly(video.Trim?.Start ?? TimeSpan.Zero),
            refused?.To ?? ClockTime.WriteExactly(video.Trim?.End ?? TimeSpan.FromMilliseconds(whole)),
            video.Trim?.StartInMilliseconds ?? 0,
            refused?.Error)
        : null;

    private static VideoChaptersView? ChaptersOf(Read video, RefusedChapters? refused) => video.WholeDurationInMilliseconds is { } whole
        ? new VideoChaptersView(
            video.Revision,
            refused?.Lines ?? ChapterLines.Write(video.WholeChapters ?? []),
            TimeSpan.FromMilliseconds(whole),
            video.Trim,
            video.Trim?.StartInMilliseconds ?? 0,
            refused?.Mistakes ?? [])
        : null;

    private VideoRow Row(Read video, RecordedVideoKind? kind) => new(
        video.PublicId,
        video.Title,
        urls.Thumbnail(video, ListWidth),
        video.IsPortrait,
        video.DurationInMilliseconds is { } milliseconds ? TimeSpan.FromMilliseconds(milliseconds) : null,
        StateOf(video),
        video.Progress,
        video.ProblemMessage,
        VisibilityName.Of(video.Visibility),
        video.PublishedAt,
        video.PublishWhenReady,
        video.CreatedAt,
        video.IsPlayable ? MediaUrls.Watch(video.PublicId) : null,
        kind);

    private static JobRow Row(JobView job) => new(
        job.Id.ToString(),
        job.Label,
        job.State switch { Core.Jobs.JobState.Dead => JobState.Failed, var state => Enum.Parse<JobState>(state.ToString()) },
        job.Progress,
        job.TimeLeft is { } left ? (int)Math.Ceiling(left.TotalSeconds) : null,
        job.ProblemMessage);

    private static PreparationState StateOf(Read video) => Enum.Parse<PreparationState>(video.State.ToString());

    private static Dictionary<string, string> ErrorsOf(Failure? failure)
    {
        Dictionary<string, string> errors = new(failure?.Fields ?? new Dictionary<string, string>(StringComparer.Ordinal), StringComparer.Ordinal);
        if (failure is { Fields: null })
        {
            errors[""] = failure == VideoFailures.EditedElsewhere ? $"{failure.Message} {StaleForm}" : failure.Message;
        }

        return errors;
    }

    private string Absolute(string path) =>
        accessor.HttpContext is { } context ? $"{context.Request.Scheme}://{context.Request.Host}{path}" : path;
}
