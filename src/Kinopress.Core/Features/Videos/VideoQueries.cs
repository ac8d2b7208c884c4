using System.Linq.Expressions;
using Kinopress.Core.Data;
using Kinopress.Core.Foundation;
using Kinopress.Core.Jobs;
using Microsoft.EntityFrameworkCore;

namespace Kinopress.Core.Features.Videos;

/// <summary>Reads about videos. What the caller may not see is not there.</summary>
public sealed class VideoQueries(KinopressDbContext db, TimeProvider clock)
{
    private const int RelatedCount = 12;

    /// <summary>A video the caller may watch. Index ix_videos_public_id.</summary>
    /// <returns><c>video.not_found</c>; or <c>account.sign_in_required</c> when signing in would show it.</returns>
    public async Task<Result<VideoView>> GetAsync(string publicId, Caller caller, CancellationToken cancellationToken)
    {
        var video = PublicId.IsWellFormed(publicId)
            ? (await ReadAsync(db.Videos.Where(candidate => candidate.PublicId == publicId), cancellationToken)).SingleOrDefault()
            : null;
        if (video is null)
        {
            return VideoFailures.NotFound;
        }

        return PlaybackAccess.Decide(video.Audience, caller, clock.GetUtcNow()) switch
        {
            PlaybackDecision.Allowed => await WithChaptersAsync(video, cancellationToken),
            PlaybackDecision.AfterSigningIn => Accounts.AccountFailures.SignInRequired,
            _ => VideoFailures.NotFound,
        };
    }

    /// <summary>What the media addresses of a video need to know; null when there is none. Not authorised: decide by its audience.</summary>
    public async Task<VideoMedia?> FindMediaAsync(string publicId, CancellationToken cancellationToken)
    {
        var media = await db.Videos.AsNoTracking()
            .Where(video => video.PublicId == publicId)
            .Select(video => new VideoMedia(
                video.Id,
                new VideoAudience(video.Channel.OwnerId.Value, video.Visibility, video.PublishedAt, video.DeletedAt),
                video.DurationInMilliseconds == null ? null : TimeSpan.FromMilliseconds(video.DurationInMilliseconds.Value),
                video.TrimStartInMilliseconds == null || video.TrimEndInMilliseconds == null ? null : new VideoTrim(video.TrimStartInMilliseconds.Value, video.TrimEndInMilliseconds.Value),
                video.StoryboardName,
                video.Images.Select(image => new VideoImageFile(image.Name, image.BlobKey)).ToList(),
                new List<VideoChapterView>()))
            .SingleOrDefaultAsync(cancellationToken);
        return media is null ? null : media with { Chapters = VideoChapterView.Shown(await ReadChaptersAsync(media.Id, cancellationToken), media.Trim) };
    }

    /// <summary>A video the caller may manage, also from the trash.</summary>
    public async Task<Result<VideoView>> GetManagedAsync(string publicId, Caller caller, CancellationToken cancellationToken)
    {
        var videos = await ReadAsync(db.Videos.ManagedBy(caller).Where(candidate => candidate.PublicId == publicId), cancellationToken);
        return videos is [var video] ? await WithChaptersAsync(video, cancellationToken) : VideoFailures.NotFound;
    }

    /// <summary>What the public sees, by first public moment. Index ix_videos_visibility_published_at.</summary>
    /// <param name="channelHandle">Null for the whole site.</param>
    public async Task<Page<VideoView>> ListPublicAsync(
        string? channelHandle, VideoSort sort, PageRequest page, CancellationToken cancellationToken)
    {
        var videos = PublicOnes(channelHandle);
        return sort is VideoSort.CreatedFirst or VideoSort.CreatedLast
            ? await PageAsync(videos, sort == VideoSort.CreatedLast, video => video.CreatedAt, view => view.CreatedAt, page, cancellationToken)
            : await PageAsync(videos, sort == VideoSort.PublishedLast, video => video.PublishedAt!.Value, view => view.PublishedAt!.Value, page, cancellationToken); // published ones have a moment
    }

    /// <summary>How many videos of a channel the public sees.</summary>
    public Task<int> CountPublicAsync(string channelHandle, CancellationToken cancellationToken) =>
        PublicOnes(channelHandle).CountAsync(cancellationToken);

    /// <summary>What the caller may manage, newest first. Index ix_videos_channel_created_at.</summary>
    /// <param name="search">Words of the title; null for all.</param>
    public async Task<Page<VideoView>> ListManagedAsync(
        ManagedVideoFilter filter, string? search, PageRequest page, Caller caller, CancellationToken cancellationToken)
    {
        var videos = Filter(db.Videos.ManagedBy(caller), filter);
        if (Text.SingleLine(search, VideoDetails.MaxTitleLength)?.ToLowerInvariant() is { } words)
        {
#pragma warning disable CA1304, CA1311, CA1862 // translated to SQL LOWER(), which knows no culture
            videos = videos.Where(video => video.Title.ToLower().Contains(words));
#pragma warning restore CA1304, CA1311, CA1862
        }

        return await PageAsync(videos, newestFirst: true, video => video.CreatedAt, view => view.CreatedAt, page, cancellationToken);
    }

    /// <summary>How many of the caller's videos each filter shows.</summary>
    public async Task<ManagedVideoCounts> CountManagedAsync(Caller caller, CancellationToken cancellationToken)
    {
        var counts = await db.Videos.ManagedBy(caller)
            .GroupBy(video => new { Trashed = video.DeletedAt != null, Published = video.PublishedAt != null })
            .Select(group => new { group.Key.Trashed, group.Key.Published, Count = group.Count() })
            .ToListAsync(cancellationToken);
        var published = counts.Where(count => !count.Trashed && count.Published).Sum(count => count.Count);
        var drafts = counts.Where(count => !count.Trashed && !count.Published).Sum(count => count.Count);
        return new ManagedVideoCounts(published + drafts, published, drafts, counts.Where(count => count.Trashed).Sum(count => count.Count));
    }

    /// <summary>What to watch after a video: more of its channel first, then the rest of the site, newest first.</summary>
    public async Task<IReadOnlyList<VideoView>> ListRelatedAsync(VideoView video, CancellationToken cancellationToken)
    {
        var request = new PageRequest(RelatedCount + 1, Cursor: null);
        var ofChannel = await ListPublicAsync(video.Channel.Handle, VideoSort.PublishedLast, request, cancellationToken);
        var ofSite = ofChannel.Items.Count > RelatedCount
            ? ofChannel
            : await ListPublicAsync(channelHandle: null, VideoSort.PublishedLast, request, cancellationToken);
        return ofChannel.Items.Concat(ofSite.Items)
            .Where(other => other.PublicId != video.PublicId)
            .DistinctBy(other => other.PublicId)
            .Take(RelatedCount)
            .ToList();
    }

    private IQueryable<Video> PublicOnes(string? channelHandle)
    {
        var now = clock.GetUtcNow();
        var videos = db.Videos.Where(video =>
            video.Visibility == Visibility.Public && video.PublishedAt <= now && video.DeletedAt == null
            && (video.State == VideoState.Playable || video.State == VideoState.Ready));
        return channelHandle is null ? videos : videos.Where(video => video.Channel.Handle == channelHandle);
    }

    private static IQueryable<Video> Filter(IQueryable<Video> videos, ManagedVideoFilter filter) => filter switch
    {
        ManagedVideoFilter.Published => videos.Where(video => video.DeletedAt == null && video.PublishedAt != null),
        ManagedVideoFilter.Drafts => videos.Where(video => video.DeletedAt == null && video.PublishedAt == null),
        ManagedVideoFilter.Trash => videos.Where(video => video.DeletedAt != null),
        _ => videos.Where(video => video.DeletedAt == null),
    };

    private async Task<Page<VideoView>> PageAsync(
        IQueryable<Video> videos,
        bool newestFirst,
        Expression<Func<Video, DateTimeOffset>> moment,
        Func<VideoView, DateTimeOffset> momentOf,
        PageRequest page,
        CancellationToken cancellationToken)
    {
        if (Cursor.Parse(page.Cursor) is { } cursor)
        {
            videos = videos.Where(After(moment, cursor, newestFirst));
        }

        var ordered = newestFirst
            ? videos.OrderByDescending(moment).ThenByDescending(video => video.Id)
            : videos.OrderBy(moment).ThenBy(video => video.Id);
        var views = await ReadAsync(ordered.Take(page.Limit + 1), cancellationToken);
        if (views.Count <= page.Limit)
        {
            return new Page<VideoView>(views, Next: null);
        }

        var last = views[page.Limit - 1];
        return new Page<VideoView>(views[..page.Limit], new Cursor(momentOf(last), last.Id.Value).ToString());
    }

    // (moment, id) beyond the cursor, for whichever moment the list is sorted by.
    private static Expression<Func<Video, bool>> After(Expression<Func<Video, DateTimeOffset>> moment, Cursor cursor, bool newestFirst)
    {
        var video = moment.Parameters[0];
        var at = Expression.Constant(cursor.Moment);
        Expression<Func<Video, bool>> beyondId = newestFirst
            ? candidate => candidate.Id < new Id<Video>(cursor.Id)
            : candidate => candidate.Id > new Id<Video>(cursor.Id);
        var id = new ReplaceParameter(beyondId.Parameters[0], video).Visit(beyondId.Body);
        var beyondMoment = newestFirst ? Expression.LessThan(moment.Body, at) : Expression.GreaterThan(moment.Body, at);
        return Expression.Lambda<Func<Video, bool>>(
            Expression.OrElse(beyondMoment, Expression.AndAlso(Expression.Equal(moment.Body, at), id)), video);
    }

    private async Task<List<VideoView>> ReadAsync(IQueryable<Video> videos, CancellationToken cancellationToken)
    {
        var views = await Project(videos).ToListAsync(cancellationToken);
        var unfinished = views.Where(view => view.State != VideoState.Ready).Select(view => (Guid?)view.Id.Value).ToList();
        if (unfinished.Count == 0)
        {
            return views;
        }

        // Index ix_jobs_subject_id.
        var progress = await db.Jobs.AsNoTracking()
            .Where(job => unfinished.Contains(job.SubjectId) && job.State != JobState.Canceled)
            .GroupBy(job => job.SubjectId)
            .Select(jobs => new { Id = jobs.Key, Done = jobs.Sum(job => job.Cost * job.Progress), Planned = jobs.Sum(job => job.Cost) })
            .ToListAsync(cancellationToken);
        return views.ConvertAll(view => progress.Find(row => row.Id == view.Id.Value) is { Planned: > 0 } row
            ? view with { Progress = Math.Min(row.Done / row.Planned, 1) }
            : view);
    }

    private async Task<VideoView> WithChaptersAsync(VideoView video, CancellationToken cancellationToken)
    {
        var chapters = await ReadChaptersAsync(video.Id, cancellationToken);
        return video with { Chapters = VideoChapterView.Shown(chapters, video.Trim), WholeChapters = chapters };
    }

    // Primary key of video_chapters.
    private Task<List<VideoChapterView>> ReadChaptersAsync(Id<Video> id, CancellationToken cancellationToken) =>
        db.VideoChapters.AsNoTracking()
            .Where(chapter => chapter.VideoId == id)
            .OrderBy(chapter => chapter.StartInMilliseconds)
            .Select(chapter => new VideoChapterView(chapter.StartInMilliseconds, chapter.Title))
            .ToListAsync(cancellationToken);

    private static IQueryable<VideoView> Project(IQueryable<Video> videos) => videos.AsNoTracking().Select(video => new VideoView
    {
        Id = video.Id,
        PublicId = video.PublicId,
        Title = video.Title,
        Description = video.Description,
        Tags = video.Tags,
        Category = video.Category,
        Language = video.Language,
        Licence = video.Licence,
        Visibility = video.Visibility,
        State = video.State,
        Progress = video.State == VideoState.Ready ? 1 : 0,
        DurationInMilliseconds = video.TrimStartInMilliseconds == null ? video.DurationInMilliseconds : video.TrimEndInMilliseconds - video.TrimStartInMilliseconds,
        WholeDurationInMilliseconds = video.DurationInMilliseconds,
        Trim = video.TrimStartInMilliseconds == null || video.TrimEndInMilliseconds == null ? null : new VideoTrim(video.TrimStartInMilliseconds.Value, video.TrimEndInMilliseconds.Value),
        PublishedAt = video.PublishedAt,
        PublishWhenReady = video.PublishWhenReady,
        DeletedAt = video.DeletedAt,
        CreatedAt = video.CreatedAt,
        UpdatedAt = video.UpdatedAt,
        Revision = video.Revision,
        ProblemCode = video.ProblemCode,
        ProblemMessage = video.ProblemMessage,
        StoryboardName = video.StoryboardName,
        Images = video.Images.OrderBy(image => image.Width).Select(image => new VideoImageView(image.Name, image.Width, image.Height)).ToList(),
        Channel = new VideoChannelView(video.Channel.Handle, video.Channel.Name, video.Channel.OwnerId.Value),
    });

    private sealed class ReplaceParameter(ParameterExpression from, ParameterExpression to) : ExpressionVisitor
    {
        protected override Expression VisitParameter(ParameterExpression node) => node == from ? to : node;
    }
}

/// <summary>Orders of a list of videos.</summary>
public enum VideoSort
{
    PublishedLast,
    PublishedFirst,
    CreatedLast,
    CreatedFirst,
}

/// <summary>Parts of a creator's list.</summary>
public enum ManagedVideoFilter
{
    All,
    Published,
    Drafts,
    Trash,
}

/// <summary>How many videos stand behind each filter.</summary>
public sealed record ManagedVideoCounts(int All, int Published, int Drafts, int Trash);
