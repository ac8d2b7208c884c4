using System.Collections.Concurrent;
using Kinopress.Core.Features.Accounts;
using Kinopress.Core.Features.Lives;
using Kinopress.Core.Features.Videos;
using Kinopress.Core.Foundation;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Kinopress.Core.Features.Chat;

/// <summary>The rooms that are open on this node. A room opens when somebody comes and goes away when it has been empty for a minute. Thread-safe.</summary>
public sealed partial class ChatRooms(IServiceScopeFactory scopes, IChatRelay relay, TimeProvider clock, ILogger<ChatRooms> logger) : IAsyncDisposable
{
    public static readonly TimeSpan KeptEmpty = TimeSpan.FromMinutes(1);

    private const int MaxPaces = 20_000;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, OpenRoom> _rooms = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<Guid, ChatPace> _paces = new();
    private readonly CancellationTokenSource _stopping = new();
    private bool _isClosed;

    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _rooms.Count;
            }
        }
    }

    /// <summary>Enters the room of a live the caller may watch. Dispose the stay to leave.</summary>
    /// <returns><c>live.not_found</c>; <c>account.sign_in_required</c> when signing in would show it; <c>chat.busy</c> while the site stops.</returns>
    public async Task<Result<ChatStay>> EnterAsync(string publicId, Caller caller, CancellationToken cancellationToken)
    {
        if (!PublicId.IsWellFormed(publicId))
        {
            return LiveFailures.NotFound;
        }

        if (Hold(publicId) is not { } open)
        {
            return ChatFailures.Busy;
        }

        var stay = new ChatStay(() => Release(publicId, open));
        try
        {
            if (await open.Opening.WaitAsync(cancellationToken) is not { } room)
            {
                stay.Dispose();
                return LiveFailures.NotFound;
            }

            stay.Room = room;
        }
        catch
        {
            stay.Dispose();
            throw;
        }

        switch (LiveAccess.Decide(stay.Room.Facts.Audience, caller, clock.GetUtcNow()))
        {
            case PlaybackDecision.Allowed:
                return stay;
            case PlaybackDecision.AfterSigningIn:
                stay.Dispose();
                return AccountFailures.SignInRequired;
            default:
                stay.Dispose();
                return LiveFailures.NotFound;
        }
    }

    /// <summary>How fast a person has been writing, over all rooms.</summary>
    public ChatPace PaceOf(Guid userId)
    {
        if (_paces.Count > MaxPaces)
        {
            ForgetPaces(clock.GetUtcNow());
        }

        return _paces.GetOrAdd(userId, _ => ChatPace.OfMessages());
    }

    /// <summary>A person as a room sees him; null for strangers, and for an account that is gone.</summary>
    public async Task<ChatAuthor?> FindAuthorAsync(ChatRoom room, Caller caller, CancellationToken cancellationToken)
    {
        if (caller.UserId is not { } userId)
        {
            return null;
        }

        var id = new Id<User>(userId);
        var key = ChatAuthor.KeyOf(room.Facts.LiveId, id);
        if (room.Authors.Find(key, clock.GetUtcNow()) is { } known)
        {
            return known;
        }

        var generation = room.Authors.Generation;
        await using var scope = scopes.CreateAsyncScope();
        var author = await scope.ServiceProvider.GetRequiredService<ChatQueries>().FindAuthorAsync(room.Facts, id, cancellationToken);
        if (author is not null)
        {
            room.Authors.Keep(key, author, generation, clock.GetUtcNow());
        }

        return author;
    }

    /// <summary>Tells everybody in a room, on every node, what a use case has just written.</summary>
    internal async Task AnnounceAsync(string publicId, ChatEvent happened, CancellationToken cancellationToken)
    {
        if (await FindAsync(publicId) is not { } room)
        {
            relay.Publish(publicId, [happened]);
            return;
        }

        if (happened is ChatAuthorChanged changed)
        {
            room.Authors.Forget(changed.AuthorKey); // before the answer, so that the next message is decided anew
        }

        await room.AnnounceAsync(happened, isFromHere: true, cancellationToken);
    }

    /// <summary>A use case changed a room's rules.</summary>
    internal async Task AnnounceChangeAsync(string publicId, CancellationToken cancellationToken)
    {
        await RefreshAsync(publicId, cancellationToken);
        relay.Publish(publicId, [new ChatRoomChanged()]);
    }

    /// <summary>Completes when what was said in a room so far is in the database.</summary>
    public async Task SettleAsync(string publicId, CancellationToken cancellationToken)
    {
        if (await FindAsync(publicId) is { } room)
        {
            await room.SettleAsync(cancellationToken);
        }
    }

    /// <summary>Reads a live and its rules again, where its room is open here. Sends away who may not watch any more.</summary>
    public async Task RefreshAsync(string publicId, CancellationToken cancellationToken)
    {
        if (await FindAsync(publicId) is { } room)
        {
            await room.RefreshAsync((await ReadAsync(publicId, cancellationToken))?.Facts, cancellationToken);
        }
    }

    /// <summary>Reads again what all rooms here have in common: the site's emotes.</summary>
    public async Task RefreshAllAsync(CancellationToken cancellationToken)
    {
        List<string> open;
        lock (_lock)
        {
            open = [.. _rooms.Keys];
        }

        foreach (var publicId in open)
        {
            await RefreshAsync(publicId, cancellationToken);
        }
    }

    /// <summary>What happened in the room of another node.</summary>
    public async Task ReceiveAsync(string publicId, IReadOnlyList<ChatEvent> events, CancellationToken cancellationToken)
    {
        if (await FindAsync(publicId) is not { } room)
        {
            return;
        }

        foreach (var happened in events)
        {
            await (happened is ChatRoomChanged ? RefreshAsync(publicId, cancellationToken) : room.AnnounceAsync(happened, isFromHere: false, cancellationToken).AsTask());
        }
    }

    /// <summary>Closes rooms nobody has been in for a minute, and forgets how fast people wrote long ago.</summary>
    public async Task SweepAsync()
    {
        var now = clock.GetUtcNow();
        List<OpenRoom> empty = [];
        lock (_lock)
        {
            foreach (var (publicId, open) in _rooms.Where(room => room.Value.Stays == 0 && room.Value.EmptySince + KeptEmpty <= now).ToList())
            {
                _rooms.Remove(publicId);
                empty.Add(open);
            }
        }

        ForgetPaces(now);
        foreach (var open in empty)
        {
            await CloseAsync(open);
        }
    }

    /// <summary>The site stops: everything that was said is written.</summary>
    public async Task CloseAllAsync()
    {
        List<OpenRoom> all;
        lock (_lock)
        {
            _isClosed = true;
            all = [.. _rooms.Values];
            _rooms.Clear();
        }

        foreach (var open in all)
        {
            await CloseAsync(open);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await CloseAllAsync();
        await _stopping.CancelAsync();
        _stopping.Dispose();
    }

    private OpenRoom? Hold(string publicId)
    {
        lock (_lock)
        {
            if (_isClosed)
            {
                return null;
            }

            if (!_rooms.TryGetValue(publicId, out var open))
            {
                _rooms[publicId] = open = new OpenRoom();
                open.Opening = OpenAsync(publicId, open);
            }

            open.Stays++;
            return open;
        }
    }

    private void Release(string publicId, OpenRoom open)
    {
        lock (_lock)
        {
            open.Stays--;
            open.EmptySince = clock.GetUtcNow();
            if (open is { Stays: 0, IsOpen: false } && _rooms.GetValueOrDefault(publicId) == open)
            {
                _rooms.Remove(publicId); // there is no such live, or it could not be read
            }
        }
    }

    private async Task<ChatRoom?> OpenAsync(string publicId, OpenRoom open)
    {
        await Task.Yield(); // the lock is held by whoever calls
        if (await ReadAsync(publicId, _stopping.Token) is not { } read)
        {
            return null;
        }

        var archive = new ChatArchive((lines, stop) => AppendAsync(read.Facts.LiveId, lines, stop), clock, logger);
        var room = new ChatRoom(read.Facts, read.Recent, archive, events => relay.Publish(publicId, events), clock, logger);
        open.Running = room.RunAsync(_stopping.Token);
        open.IsOpen = true;
        return room;
    }

    private async Task AppendAsync(Id<Live> liveId, IReadOnlyList<ChatLine> lines, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<AppendChatMessages>().RunAsync(liveId, lines, cancellationToken);
    }

    private async Task<ChatRoomReading?> ReadAsync(string publicId, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<ChatQueries>().ReadRoomAsync(publicId, cancellationToken);
    }

    private async Task<ChatRoom?> FindAsync(string publicId)
    {
        Task<ChatRoom?>? opening;
        lock (_lock)
        {
            opening = _rooms.GetValueOrDefault(publicId)?.Opening;
        }

        return opening is null ? null : await opening;
    }

    private async Task CloseAsync(OpenRoom open)
    {
        try
        {
            if (await open.Opening is { } room)
            {
                room.Complete();
                await open.Running;
            }
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            Log.ClosedBadly(logger, exception);
        }
    }

    private void ForgetPaces(DateTimeOffset now)
    {
        foreach (var (userId, pace) in _paces)
        {
            if (pace.LastUsedAt + KeptEmpty < now)
            {
                _paces.TryRemove(userId, out _);
            }
        }
    }

    private sealed class OpenRoom
    {
        public int Stays { get; set; }

        public DateTimeOffset EmptySince { get; set; }

        public bool IsOpen { get; set; }

        /// <summary>Null when there is no such live.</summary>
        public Task<ChatRoom?> Opening { get; set; } = Task.FromResult<ChatRoom?>(null);

        public Task Running { get; set; } = Task.CompletedTask;
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, EventName = "chat.room_closed_badly", Message = "A chat room ended with an error")]
        public static partial void ClosedBadly(ILogger logger, Exception exception);
    }
}

/// <summary>Somebody's time in a room: it stays open as long. Dispose to leave.</summary>
public sealed class ChatStay : IDisposable
{
    private Action? _leave;
    private ChatRoom? _room;

    internal ChatStay(Action leave) => _leave = leave;

    public ChatRoom Room
    {
        get => _room ?? throw new InvalidOperationException("The room is not open yet.");
        internal set => _room = value;
    }

    public void Dispose() => Interlocked.Exchange(ref _leave, null)?.Invoke();
}
