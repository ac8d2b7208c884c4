using Kinopress.Core.Data;
using Kinopress.Core.Features.Accounts;
using Kinopress.Core.Features.Videos;
using Kinopress.Core.Foundation;
using Microsoft.EntityFrameworkCore;

namespace Kinopress.Core.Features.Lives;

/// <summary>Reads about lives. What the caller may not see is not there.</summary>
public sealed class LiveQueries(KinopressDbContext db, TimeProvider clock)
{
    private const char OnAirPart = 'n';
    private const char UpcomingPart = 'u';

    // Who has not come by then will not come.
    private static readonly TimeSpan LongestWait = TimeSpan.FromHours(6);

    /// <summary>A live the caller may watch, from the moment it exists. Index ix_lives_public_id.</summary>
    /// <returns><c>live.not_found</c>; or <c>account.sign_in_required</c> when signing in would show it.</returns>
    public async Task<Result<LiveView>> GetAsync(string publicId, Caller caller, CancellationToken cancellationToken)
    {
        var live = PublicId.IsWellFormed(publicId)
            ? (await ReadAsync(db.Lives.Where(candidate => candidate.PublicId == publicId), cancellationToken)).SingleOrDefault()
            : null;
        if (live is null)
        {
            return LiveFailures.NotFound;
        }

        return LiveAccess.Decide(live.Audience, caller, clock.GetUtcNow()) switch
        {
            PlaybackDecision.Allowed => live,
            PlaybackDecision.AfterSigningIn => AccountFailures.SignInRequired,
            _ => LiveFailures.NotFound,
        };
    }

    /// <summary>
    /// The live a clip was cut out of; null for a video that is none, and where the live is not public, so that a clip does not give away what
    /// only those who have its link know of; its own people see it. Primary key of live_clip_sources.
    /// </summary>
    public async Task<LiveView?> FindSourceOfClipAsync(VideoView video, Caller caller, CancellationToken cancellationToken)
    {
        var sources = db.LiveClipSources.Where(source => source.VideoId == video.Id).Select(source => source.LiveId);
        var isPublic = db.Lives.Where(live => sources.Contains(live.Id) && (live.Visibility == Visibility.Public || db.Lives.ManagedBy(caller).Any(managed => managed.Id == live.Id)));
        return await ReadAsync(isPublic, cancellationToken) is [var live] && LiveAccess.Decide(live.Audience, caller, clock.GetUtcNow()) == PlaybackDecision.Allowed ? live : null;
    }

    /// <summary>A live the caller may manage, also from the trash. Index ix_lives_public_id.</summary>
    public async Task<Result<LiveView>> GetManagedAsync(string publicId, Caller caller, CancellationToken cancellationToken) =>
        await ReadAsync(db.Lives.ManagedBy(caller).Where(candidate => candidate.PublicId == publicId), cancellationToken) is [var live]
            ? live
            : LiveFailures.NotFound;

    /// <summary>
    /// What the public may watch: on air, the newest first; then what is planned, the next first. Indexes
    /// ix_lives_state_started_at and ix_lives_state_scheduled_at.
    /// </summary>
    /// <param name="channelHandle">Null for the whole site.</param>
    public async Task<Page<LiveView>> ListPublicAsync(string? channelHandle, PageRequest page, CancellationToken cancellationToken)
    {
        var part = page.Cursor is [UpcomingPart, ..] ? UpcomingPart : OnAirPart;
        var cursor = Cursor.Parse(page.Cursor is { Length: > 0 } text ? text[1..] : null);
        List<LiveView> views = [];
        if (part == OnAirPart)
        {
            views.AddRange(await OnAirAsync(channelHandle, cursor, page.Limit + 1, cancellationToken));
            cursor = null;
        }

        if (views.Count <= page.Limit)
        {
            views.AddRange(await UpcomingAsync(channelHandle, cursor, page.Limit + 1 - views.Count, cancellationToken));
        }

        return new Page<LiveView>([.. views.Take(page.Limit)], views.Count > page.Limit ? CursorOf(views[page.Limit - 1]) : null);
    }

    /// <summary>What the public may watch now, the newest first. Index ix_lives_state_started_at.</summary>
    /// <param name="channelHandle">Null for the whole site.</param>
    public async Task<IReadOnlyList<LiveView>> ListOnAirAsync(string? channelHandle, int count, CancellationToken cancellationToken) =>
        await OnAirAsync(channelHandle, after: null, count, cancellationToken);

    /// <summary>What is planned for the public, the next first. Index ix_lives_state_scheduled_at.</summary>
    /// <param name="channelHandle">Null for the whole site.</param>
    public async Task<IReadOnlyList<LiveView>> ListUpcomingAsync(string? channelHandle, int count, CancellationToken cancellationToken) =>
        await UpcomingAsync(channelHandle, after: null, count, cancellationToken);

    /// <summary>What the caller may manage, newest first. Index ix_lives_channel_created_at.</summary>
    public async Task<Page<LiveView>> ListManagedAsync(ManagedLiveFilter filter, PageRequest page, Caller caller, CancellationToken cancellationToken)
    {
        var lives = db.Lives.ManagedBy(caller).Where(live => (live.DeletedAt != null) == (filter == ManagedLiveFilter.Trash));
        if (Cursor.Parse(page.Cursor) is { } after)
        {
            var id = new Id<Live>(after.Id);
            lives = lives.Where(live => live.CreatedAt < after.Moment || (live.CreatedAt == after.Moment && live.Id < id));
        }

        var views = await ReadAsync(lives.OrderByDescending(live => live.CreatedAt).ThenByDescending(live => live.Id).Take(page.Limit + 1), cancellationToken);
        return views.Count <= page.Limit
            ? new Page<LiveView>(views, Next: null)
            : new Page<LiveView>(views[..page.Limit], new Cursor(views[page.Limit - 1].CreatedAt, views[page.Limit - 1].Id.Value).ToString());
    }

    /// <summary>How many of the caller's lives each filter shows.</summary>
    public async Task<ManagedLiveCounts> CountManagedAsync(Caller caller, CancellationToken cancellationToken)
    {
        var counts = await db.Lives.ManagedBy(caller).GroupBy(live => live.DeletedAt != null).Select(group => new { Trashed = group.Key, Count = group.Count() }).ToListAsync(cancellationToken);
        return new ManagedLiveCounts(counts.Where(count => !count.Trashed).Sum(count => count.Count), counts.Where(count => count.Trashed).Sum(count => count.Count));
    }

    /// <summary>What the media addresses of a live need to know; null when there is none. Not authorised: decide by its audience.</summary>
    public Task<LiveMedia?> FindMediaAsync(string publicId, CancellationToken cancellationToken) =>
        db.Lives.AsNoTracking()
            .Where(live => live.PublicId == publicId)
            .Select(live => new LiveMedia(live.Id, new VideoAudience(live.Channel.OwnerId.Value, live.Visibility, live.CreatedAt, live.DeletedAt), live.State))
            .SingleOrDefaultAsync(cancellationToken);

    /// <summary>Which live a stream key opens; null for a wrong one and for one in the trash.</summary>
    public async Task<LiveIngest?> FindByStreamKeyAsync(string streamKey, CancellationToken cancellationToken)
    {
        if (!streamKey.StartsWith(Live.StreamKeyPrefix, StringComparison.Ordinal) || streamKey.Length > 100)
        {
            return null;
        }

        // Looking up by hash takes the same time for any wrong key; index ix_lives_stream_key_hash.
        var hash = SecretToken.Hash(streamKey);
        var found = await db.Lives.AsNoTracking()
            .Where(live => live.StreamKeyHash == hash && live.DeletedAt == null)
            .Select(live => new
            {
                live.StreamKeyHash,
                Ingest = new LiveIngest(live.Id, live.PublicId, live.Title, live.State, live.DvrWindowInSeconds, live.Records, live.HasLadder, live.Channel.OwnerId.Value),
            })
            .SingleOrDefaultAsync(cancellationToken);
        return found is not null && SecretToken.Matches(streamKey, found.StreamKeyHash) ? found.Ingest : null;
    }

    private async Task<List<LiveView>> OnAirAsync(string? channelHandle, Cursor? after, int count, CancellationToken cancellationToken)
    {
        var lives = PublicOnes(channelHandle).Where(live => live.State == LiveState.Live || live.State == LiveState.Interrupted);
        if (after is { } cursor)
        {
            var id = new Id<Live>(cursor.Id);
            lives = lives.Where(live => live.StartedAt < cursor.Moment || (live.StartedAt == cursor.Moment && live.Id < id));
        }

        return await ReadAsync(lives.OrderByDescending(live => live.StartedAt).ThenByDescending(live => live.Id).Take(count), cancellationToken);
    }

    private async Task<List<LiveView>> UpcomingAsync(string? channelHandle, Cursor? after, int count, CancellationToken cancellationToken)
    {
        var earliest = clock.GetUtcNow() - LongestWait;
        var lives = PublicOnes(channelHandle).Where(live => live.State == LiveState.Waiting && live.ScheduledAt > earliest);
        if (after is { } cursor)
        {
            var id = new Id<Live>(cursor.Id);
            lives = lives.Where(live => live.ScheduledAt > cursor.Moment || (live.ScheduledAt == cursor.Moment && live.Id > id));
        }

        return await ReadAsync(lives.OrderBy(live => live.ScheduledAt).ThenBy(live => live.Id).Take(count), cancellationToken);
    }

    private static string CursorOf(LiveView last) => last.IsOnAir
        ? OnAirPart + new Cursor(last.StartedAt ?? last.CreatedAt, last.Id.Value).ToString()
        : UpcomingPart + new Cursor(last.ScheduledAt ?? last.CreatedAt, last.Id.Value).ToString();

    private IQueryable<Live> PublicOnes(string? channelHandle)
    {
        var lives = db.Lives.Where(live => live.Visibility == Visibility.Public && live.DeletedAt == null);
        return channelHandle is null ? lives : lives.Where(live => live.Channel.Handle == channelHandle);
    }

    private async Task<List<LiveView>> ReadAsync(IQueryable<Live> lives, CancellationToken cancellationToken)
    {
        var views = await Project(lives).ToListAsync(cancellationToken);
        var ids = views.Select(view => view.ReplayVideoId).OfType<Id<Video>>().ToList();
        if (ids.Count == 0)
        {
            return views;
        }

        // Primary key of videos.
        var replays = await db.Videos.AsNoTracking()
            .Where(video => ids.Contains(video.Id))
            .Select(video => new { video.Id, Replay = new LiveReplayView(video.PublicId, new VideoAudience(video.Channel.OwnerId.Value, video.Visibility, video.PublishedAt, video.DeletedAt)) })
            .ToDictionaryAsync(video => video.Id, video => video.Replay, cancellationToken);
        return views.ConvertAll(view => view.ReplayVideoId is { } id ? view with { Replay = replays.GetValueOrDefault(id) } : view);
    }

    private IQueryable<LiveView> Project(IQueryable<Live> lives) => lives.AsNoTracking().Select(live => new LiveView
    {
        Id = live.Id,
        PublicId = live.PublicId,
        Title = live.Title,
        Description = live.Description,
        Tags = live.Tags,
        Visibility = live.Visibility,
        State = live.State,
        ScheduledAt = live.ScheduledAt,
        DvrWindowInSeconds = live.DvrWindowInSeconds,
        Records = live.Records,
        AllowsClips = live.AllowsClips,
        HasChat = live.HasChat,
        HasLadder = live.HasLadder,
        StartedAt = live.StartedAt,
        EndedAt = live.EndedAt,
        CreatedAt = live.CreatedAt,
        UpdatedAt = live.UpdatedAt,
        DeletedAt = live.DeletedAt,
        Revision = live.Revision,
        Channel = new VideoChannelView(live.Channel.Handle, live.Channel.Name, live.Channel.OwnerId.Value),

        // Index ix_live_sessions_live_number, then the primary key of videos.
        ReplayVideoId = db.LiveSessions
            .Where(session => session.LiveId == live.Id && db.Videos.Any(video => video.Id == session.ReplayVideoId && video.DeletedAt == null))
            .OrderByDescending(session => session.Number)
            .Select(session => session.ReplayVideoId)
            .FirstOrDefault(),
    });
}

/// <summary>Parts of a creator's list.</summary>
public enum ManagedLiveFilter
{
    All,
    Trash,
}

/// <summary>How many lives stand behind each filter.</summary>
public sealed record ManagedLiveCounts(int All, int Trash);
