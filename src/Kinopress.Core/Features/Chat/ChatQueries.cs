using Kinopress.Core.Data;
using Kinopress.Core.Features.Accounts;
using Kinopress.Core.Features.Lives;
using Kinopress.Core.Features.Videos;
using Kinopress.Core.Foundation;
using Microsoft.EntityFrameworkCore;

namespace Kinopress.Core.Features.Chat;

/// <summary>Reads about chat. Who may not watch a live finds no word of it.</summary>
public sealed class ChatQueries(KinopressDbContext db, LiveQueries lives, VideoQueries videos, SiteEmotes siteEmotes)
{
    /// <summary>The longest piece of a replay's chat that is read at once.</summary>
    public static readonly TimeSpan LongestPiece = TimeSpan.FromMinutes(10);

    private const int MaxInPiece = 2000;

    /// <summary>What was said, newest first. Index ix_chat_messages_live_state_sent_at.</summary>
    /// <param name="after">Only what was said later; null for everything.</param>
    /// <param name="before">Only what was said earlier; null for everything.</param>
    public async Task<Result<Page<ChatMessageView>>> ListAsync(
        string publicId, DateTimeOffset? after, DateTimeOffset? before, PageRequest page, Caller caller, CancellationToken cancellationToken)
    {
        if ((await lives.GetAsync(publicId, caller, cancellationToken)).Failed(out var failure, out var live))
        {
            return failure;
        }

        var messages = db.ChatMessages.AsNoTracking().Where(message => message.LiveId == live.Id && message.State == ChatMessageState.Shown);
        messages = after is { } from ? messages.Where(message => message.SentAt > from.ToUniversalTime()) : messages;
        messages = before is { } to ? messages.Where(message => message.SentAt < to.ToUniversalTime()) : messages;
        return await PageOf(messages, page, cancellationToken);
    }

    /// <summary>What waits for a moderator, newest first. Index ix_chat_messages_live_state_sent_at.</summary>
    /// <returns><c>live.not_found</c> also when the chat is not the caller's to moderate.</returns>
    public async Task<Result<Page<ChatMessageView>>> ListHeldAsync(string publicId, PageRequest page, Caller caller, CancellationToken cancellationToken) =>
        await FindModeratedAsync(publicId, caller, cancellationToken) is { } live
            ? await PageOf(db.ChatMessages.AsNoTracking().Where(message => message.LiveId == live.Id && message.State == ChatMessageState.Held), page, cancellationToken)
            : LiveFailures.NotFound;

    /// <summary>Who may not write in the rooms of the live's channel, the latest first. Index ix_chat_restrictions_channel_user.</summary>
    /// <param name="now">Time-outs that are over by then are left out.</param>
    /// <returns><c>live.not_found</c> also when the chat is not the caller's to moderate.</returns>
    public async Task<Result<Page<ChatRestrictionView>>> ListRestrictionsAsync(string publicId, PageRequest page, Caller caller, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (await FindModeratedAsync(publicId, caller, cancellationToken) is not { } live)
        {
            return LiveFailures.NotFound;
        }

        var rows = db.ChatRestrictions.AsNoTracking().Where(restriction => restriction.ChannelId == live.ChannelId && (restriction.Until == null || restriction.Until > now));
        if (Cursor.Parse(page.Cursor) is { } after)
        {
            var id = new Id<ChatRestriction>(after.Id);
            rows = rows.Where(row => row.CreatedAt < after.Moment || (row.CreatedAt == after.Moment && row.Id < id));
        }

        var views = await rows.OrderByDescending(row => row.CreatedAt).ThenByDescending(row => row.Id).Take(page.Limit + 1)
            .Join(db.Users, row => row.UserId, user => user.Id, (row, user) => new ChatRestrictionView(row.Id, user.Name, row.Until, row.CreatedAt))
            .ToListAsync(cancellationToken);
        views = [.. views.OrderByDescending(view => view.CreatedAt).ThenByDescending(view => view.Id)];
        return views.Count <= page.Limit
            ? new Page<ChatRestrictionView>(views, Next: null)
            : new Page<ChatRestrictionView>(views[..page.Limit], new Cursor(views[page.Limit - 1].CreatedAt, views[page.Limit - 1].Id.Value).ToString());
    }

    /// <summary>The rules of a room, for those who moderate it.</summary>
    public async Task<Result<ChatRules>> GetRulesAsync(string publicId, Caller caller, CancellationToken cancellationToken) =>
        await FindModeratedAsync(publicId, caller, cancellationToken) is { } live
            ? (await db.LiveChats.AsNoTracking().SingleOrDefaultAsync(chat => chat.LiveId == live.Id, cancellationToken))?.Rules ?? ChatRules.Default
            : LiveFailures.NotFound;

    /// <summary>
    /// What was said while a part of a replay was on air, in order, with its place in what is shown. At most ten minutes and
    /// two thousand messages. Primary key of live_sessions, then index ix_chat_messages_live_state_sent_at.
    /// </summary>
    /// <returns><c>video.not_found</c> for a video the caller may not watch; nothing for one that was never a live.</returns>
    public async Task<Result<IReadOnlyList<ChatReplayMessageView>>> ListReplayAsync(
        string videoPublicId, TimeSpan from, TimeSpan to, Caller caller, CancellationToken cancellationToken)
    {
        if ((await videos.GetAsync(videoPublicId, caller, cancellationToken)).Failed(out var failure, out var video))
        {
            return failure;
        }

        if (await FindSessionAsync(video, cancellationToken) is not { } session)
        {
            return Result.Of<IReadOnlyList<ChatReplayMessageView>>([]);
        }

        var timeline = RecordingTimeline.Read(session.RecordingGaps);
        var trim = video.Trim?.Start ?? TimeSpan.Zero;
        var until = to < from + LongestPiece ? to : from + LongestPiece;
        until = video.Trim is { } shown && shown.End - trim < until ? shown.End - trim : until; // what was cut off is nobody's any more
        var first = session.StartedAt + timeline.OffsetOf(trim + from);
        var last = session.StartedAt + timeline.OffsetOf(trim + until);
        last = session.EndedAt is { } end && end < last ? end : last;
        var rows = await db.ChatMessages.AsNoTracking()
            .Where(message => message.LiveId == session.LiveId && message.State == ChatMessageState.Shown && message.SentAt >= first && message.SentAt < last)
            .OrderBy(message => message.SentAt)
            .ThenBy(message => message.Id)
            .Take(MaxInPiece)
            .ToListAsync(cancellationToken);
        var emotes = await siteEmotes.GetAsync(cancellationToken);
        return Result.Of<IReadOnlyList<ChatReplayMessageView>>(rows.ConvertAll(message => new ChatReplayMessageView(ViewOf(message, emotes), (long)(timeline.PositionOf(message.SentAt - session.StartedAt) - trim).TotalMilliseconds)));
    }

    /// <summary>Whether anything was said while a video was on air.</summary>
    public async Task<bool> HasReplayAsync(VideoView video, CancellationToken cancellationToken) =>
        await FindSessionAsync(video, cancellationToken) is { } session
        && await db.ChatMessages.AnyAsync(
            message => message.LiveId == session.LiveId && message.State == ChatMessageState.Shown && message.SentAt >= session.StartedAt && (session.EndedAt == null || message.SentAt < session.EndedAt),
            cancellationToken);

    /// <summary>Whether the caller may moderate the chat of a live.</summary>
    public async Task<bool> MayModerateAsync(string publicId, Caller caller, CancellationToken cancellationToken) =>
        await FindModeratedAsync(publicId, caller, cancellationToken) is not null;

    /// <summary>What a room is opened with; null when there is no such live, or it is in the trash. Not authorised: the room decides.</summary>
    internal async Task<ChatRoomReading?> ReadRoomAsync(string publicId, CancellationToken cancellationToken)
    {
        // Index ix_lives_public_id.
        var live = await db.Lives.AsNoTracking()
            .Where(candidate => candidate.PublicId == publicId && candidate.DeletedAt == null)
            .Select(candidate => new
            {
                candidate.Id,
                candidate.ChannelId,
                OwnerId = candidate.Channel.OwnerId.Value,
                candidate.Visibility,
                candidate.CreatedAt,
                candidate.DeletedAt,
                candidate.HasChat,
                candidate.State,
                candidate.EndedAt,
            })
            .SingleOrDefaultAsync(cancellationToken);
        if (live is null)
        {
            return null;
        }

        var chat = await db.LiveChats.AsNoTracking().SingleOrDefaultAsync(candidate => candidate.LiveId == live.Id, cancellationToken);
        var pinned = chat?.PinnedMessageId is { } pin
            ? await db.ChatMessages.AsNoTracking().SingleOrDefaultAsync(message => message.Id == pin && message.State == ChatMessageState.Shown, cancellationToken)
            : null;
        var recent = await db.ChatMessages.AsNoTracking()
            .Where(message => message.LiveId == live.Id && message.State == ChatMessageState.Shown)
            .OrderByDescending(message => message.SentAt)
            .ThenByDescending(message => message.Id)
            .Take(ChatMemory.Shown)
            .ToListAsync(cancellationToken);
        var emotes = await siteEmotes.GetAsync(cancellationToken);
        var facts = new ChatRoomFacts(
            live.Id,
            publicId,
            live.ChannelId,
            new VideoAudience(live.OwnerId, live.Visibility, live.CreatedAt, live.DeletedAt),
            live.HasChat,
            live.State,
            live.EndedAt,
            chat?.Rules ?? ChatRules.Default,
            pinned is null ? null : ViewOf(pinned, emotes))
        {
            Emotes = emotes,
            Earlier = await FindEarlierAsync(live.Id, live.State, cancellationToken),
        };
        return new ChatRoomReading(facts, [.. recent.Select(message => ViewOf(message, emotes)).Reverse()]);
    }

    // While it is on air, and until it waits for the next time, the chat is about the last session. Index ix_live_sessions_live_number.
    private async Task<EarlierBroadcast?> FindEarlierAsync(Id<Live> id, LiveState state, CancellationToken cancellationToken)
    {
        var isAboutLast = state is not (LiveState.Idle or LiveState.Waiting);
        var sessions = await db.LiveSessions.AsNoTracking()
            .Where(session => session.LiveId == id)
            .OrderByDescending(session => session.Number)
            .Select(session => new { session.StartedAt, session.EndedAt })
            .Take(2)
            .ToListAsync(cancellationToken);
        if (sessions.Skip(isAboutLast ? 1 : 0).FirstOrDefault() is not { EndedAt: { } ended } earlier)
        {
            return null;
        }

        var goodbye = ended + ChatRoomFacts.OpenAfterEnd;
        return new EarlierBroadcast(earlier.StartedAt, isAboutLast && sessions[0].StartedAt < goodbye ? sessions[0].StartedAt : goodbye);
    }

    /// <summary>Null when the account is gone. Primary key of users, index ix_chat_restrictions_channel_user.</summary>
    internal async Task<ChatAuthor?> FindAuthorAsync(ChatRoomFacts room, Id<User> id, CancellationToken cancellationToken)
    {
        var user = await db.Users.AsNoTracking().Where(candidate => candidate.Id == id).Select(candidate => new { candidate.Name, candidate.Role, candidate.CreatedAt, Stamp = candidate.SecurityStamp }).SingleOrDefaultAsync(cancellationToken);
        if (user is null)
        {
            return null;
        }

        var restriction = await db.ChatRestrictions.AsNoTracking()
            .Where(candidate => candidate.ChannelId == room.ChannelId && candidate.UserId == id)
            .Select(candidate => new ChatAuthorRestriction(candidate.Until))
            .SingleOrDefaultAsync(cancellationToken);
        return new ChatAuthor(id, user.Name, RoleOf(id, user.Role, new Id<User>(room.Audience.OwnerId)), user.CreatedAt, user.Stamp, restriction);
    }

    internal static ChatRole RoleOf(Id<User> id, string role, Id<User> ownerId)
    {
        if (id == ownerId)
        {
            return ChatRole.Owner;
        }

        var capabilities = Role.Named(role).Capabilities;
        return capabilities.Contains(Capability.Moderate) || capabilities.Contains(Capability.ManageAnyVideo) ? ChatRole.Moderator : ChatRole.Member;
    }

    internal static ChatMessageView ViewOf(ChatMessage message, ChatEmoteSet emotes) => new(
        message.Id.Value, message.AuthorName, ChatAuthor.KeyOf(message.LiveId, message.AuthorId), message.AuthorRole, message.Text, message.ReplyToId?.Value, message.SentAt)
    {
        Emotes = emotes.In(message.Text),
    };

    private async Task<Page<ChatMessageView>> PageOf(IQueryable<ChatMessage> messages, PageRequest page, CancellationToken cancellationToken)
    {
        if (Cursor.Parse(page.Cursor) is { } after)
        {
            var id = new Id<ChatMessage>(after.Id);
            messages = messages.Where(message => message.SentAt < after.Moment || (message.SentAt == after.Moment && message.Id < id));
        }

        var rows = await messages.OrderByDescending(message => message.SentAt).ThenByDescending(message => message.Id).Take(page.Limit + 1).ToListAsync(cancellationToken);
        var emotes = await siteEmotes.GetAsync(cancellationToken);
        var views = rows.Take(page.Limit).Select(message => ViewOf(message, emotes)).ToList();
        return new Page<ChatMessageView>(views, rows.Count > page.Limit ? new Cursor(views[^1].SentAt, views[^1].Id).ToString() : null);
    }

    private Task<ModeratedLive?> FindModeratedAsync(string publicId, Caller caller, CancellationToken cancellationToken) =>
        db.Lives.AsNoTracking().ModeratedBy(caller).Where(live => live.PublicId == publicId).Select(live => new ModeratedLive(live.Id, live.ChannelId)).SingleOrDefaultAsync(cancellationToken);

    // A replay has the id of the session it was.
    private Task<ReplayedSession?> FindSessionAsync(VideoView video, CancellationToken cancellationToken)
    {
        var id = new Id<LiveSession>(video.Id.Value);
        return db.LiveSessions.AsNoTracking().Where(session => session.Id == id).Select(session => new ReplayedSession(session.LiveId, session.StartedAt, session.EndedAt, session.RecordingGaps)).SingleOrDefaultAsync(cancellationToken);
    }

    private sealed record ModeratedLive(Id<Live> Id, Id<Channels.Channel> ChannelId);

    private sealed record ReplayedSession(Id<Live> LiveId, DateTimeOffset StartedAt, DateTimeOffset? EndedAt, string? RecordingGaps);
}

/// <summary>A room as the database has it.</summary>
/// <param name="Recent">The last messages, oldest first.</param>
internal sealed record ChatRoomReading(ChatRoomFacts Facts, IReadOnlyList<ChatMessageView> Recent);
