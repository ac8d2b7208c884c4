using System.Threading.Channels;
using Kinopress.Core.Features.Accounts;
using Kinopress.Core.Features.Lives;
using Kinopress.Core.Features.Videos;
using Kinopress.Core.Foundation;
using Microsoft.Extensions.Logging;

namespace Kinopress.Core.Features.Chat;

/// <summary>
/// The room of one live on this node: everything in it happens in one loop, one thing after another. Events are collected as
/// <see cref="ChatFanOut"/> says and go to all listeners as one batch. Thread-safe; a full room refuses instead of growing.
/// </summary>
public sealed partial class ChatRoom
{
    public static readonly TimeSpan ReactionInterval = TimeSpan.FromSeconds(1);

    private const int MaxCommands = 2048;
    private const int MaxCommandsUntold = 64;

    private readonly Channel<Action> _commands = Channel.CreateBounded<Action>(new BoundedChannelOptions(MaxCommands) { SingleReader = true });
    private readonly TimeProvider _clock;
    private readonly ILogger _logger;
    private readonly ChatArchive _archive;
    private readonly Action<IReadOnlyList<ChatEvent>> _relay;
    private readonly ChatMemory _memory = new();
    private readonly ChatFanOut _fanOut = new();
    private readonly List<ChatEvent> _toRelay = [];
    private readonly Dictionary<string, int> _reactions = new(StringComparer.Ordinal);
    private readonly ITimer _timer;
    private ChatBatch? _snapshot;
    private DateTimeOffset _reactionsAt = DateTimeOffset.MaxValue;
    private DateTimeOffset _lastSentAt;

    /// <param name="recent">The last messages, oldest first.</param>
    /// <param name="relay">Tells the rooms of other nodes. Must not wait.</param>
    internal ChatRoom(ChatRoomFacts facts, IEnumerable<ChatMessageView> recent, ChatArchive archive, Action<IReadOnlyList<ChatEvent>> relay, TimeProvider clock, ILogger logger)
    {
        Facts = facts;
        _archive = archive;
        _relay = relay;
        _clock = clock;
        _logger = logger;
        foreach (var message in recent)
        {
            _memory.Remember(message);
            _memory.Show(message);
        }

        _timer = clock.CreateTimer(_ => _commands.Writer.TryWrite(Nothing), state: null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>As last read from the database.</summary>
    public ChatRoomFacts Facts { get; private set; }

    /// <summary>The people who wrote here lately.</summary>
    internal ChatAuthors Authors { get; } = new();

    /// <summary>How many listen here.</summary>
    public int SeatCount { get; private set; }

    /// <summary>The loop. Ends after <see cref="Complete"/>, when everything is told and written.</summary>
    internal async Task RunAsync(CancellationToken cancellationToken)
    {
        var archiving = _archive.KeepAsync(cancellationToken);
        try
        {
            while (await _commands.Reader.WaitToReadAsync(cancellationToken))
            {
                for (var waiting = Math.Min(_commands.Reader.Count, MaxCommandsUntold); waiting > 0 && _commands.Reader.TryRead(out var command); waiting--)
                {
                    Run(command);
                }

                Run(TellWhatIsDue); // what came together is told together
                SetTimer(); // always before waiting: a timer may wake the loop a moment too early
            }

            FanOut(now: null);
        }
        finally
        {
            _archive.Complete();
            await _timer.DisposeAsync();
            await archiving;
        }
    }

    /// <summary>Takes nothing any more.</summary>
    internal void Complete() => _commands.Writer.TryComplete();

    /// <summary>Somebody says something.</summary>
    /// <returns>The refusals of <see cref="ChatPolicy.Decide"/>, or <c>chat.busy</c>.</returns>
    internal Task<Result<SentChatMessage>> OfferAsync(ChatDraft draft, ChatAuthor author)
    {
        var answer = new TaskCompletionSource<Result<SentChatMessage>>(TaskCreationOptions.RunContinuationsAsynchronously);
        return _commands.Writer.TryWrite(() => Answer(answer, draft, author))
            ? answer.Task
            : Task.FromResult<Result<SentChatMessage>>(ChatFailures.Busy);
    }

    /// <returns>False when the room is too busy to count.</returns>
    internal bool TryReact(string reaction) => _commands.Writer.TryWrite(() => React(reaction));

    /// <summary>Takes a seat: the first thing it hears is how the room stands.</summary>
    /// <param name="welcome">Null for who needs none.</param>
    /// <returns>False when the room is too busy.</returns>
    public bool TrySeat(ChatSeat seat, ChatWelcome? welcome) => _commands.Writer.TryWrite(() => Seat(seat, welcome));

    /// <summary>Gives a seat back. Harmless when it was given back before.</summary>
    public void Leave(ChatSeat seat)
    {
        seat.Close();
        _commands.Writer.TryWrite(Sweep); // a full room sweeps with its next batch
    }

    /// <summary>Something happened that a use case has written already.</summary>
    internal async ValueTask AnnounceAsync(ChatEvent happened, bool isFromHere, CancellationToken cancellationToken)
    {
        try
        {
            await _commands.Writer.WriteAsync(() => Happen(happened, isFromHere), cancellationToken);
        }
        catch (ChannelClosedException)
        {
            // Nobody is left to be told.
        }
    }

    /// <summary>The database has news of the live or its rules.</summary>
    internal async ValueTask RefreshAsync(ChatRoomFacts? facts, CancellationToken cancellationToken)
    {
        try
        {
            await _commands.Writer.WriteAsync(() => Refresh(facts), cancellationToken);
        }
        catch (ChannelClosedException)
        {
            // Nobody is left to be told.
        }
    }

    /// <summary>Completes when everything said before is in the database.</summary>
    internal Task SettleAsync(CancellationToken cancellationToken) => _archive.SettleAsync(cancellationToken);

    internal ChatRoomNotice Notice() => new(
        Facts.IsOpen(_clock.GetUtcNow()), Facts.Rules.IsPaused, Facts.Rules.SlowModeInSeconds, Facts.Rules.MinAccountAgeInMinutes, ChatMessage.MaxLength);

    private static void Nothing()
    {
        // Only wakes the loop, which then does what is due.
    }

    private void Run(Action command)
    {
        try
        {
            command();
        }
        catch (Exception exception)
        {
            // A bug in one command must not silence the room for everybody.
            Log.CommandFailed(_logger, exception);
        }
    }

    private void TellWhatIsDue()
    {
        var now = _clock.GetUtcNow();
        if (now >= _reactionsAt)
        {
            CountReactions();
        }

        if (_fanOut.IsDue(now))
        {
            FanOut(now);
        }
    }

    private Result<SentChatMessage> Take(ChatDraft draft, ChatAuthor author)
    {
        var now = Now();
        var key = ChatAuthor.KeyOf(Facts.LiveId, author.Id);
        var text = ChatMessage.TextOf(draft.Text);
        if (ChatPolicy.Decide(text, author, Facts.Rules, _memory.PastOf(key, now), Facts.IsOpen(now), now).Failed(out var refusal, out var isHeld) || text is null)
        {
            return refusal ?? ChatFailures.Empty;
        }

        var replyTo = draft.ReplyTo is { } answered ? _memory.Find(answered)?.Id : null;
        var message = new ChatMessageView(Guid.CreateVersion7(now), author.Name, key, author.Role, text, replyTo, now) { Emotes = Facts.Emotes.In(text) };
        if (!_archive.TryAdd(new ChatLine(author.Id, message, isHeld)))
        {
            return ChatFailures.Busy;
        }

        Happen(isHeld ? new ChatMessageHeld(message) : new ChatMessageSent(message), isFromHere: true);
        return new SentChatMessage(message, isHeld);
    }

    // Whoever waits is answered, whatever happens: nothing else would end his waiting.
    private void Answer(TaskCompletionSource<Result<SentChatMessage>> answer, ChatDraft draft, ChatAuthor author)
    {
        try
        {
            answer.TrySetResult(Take(draft, author));
        }
        catch (Exception exception)
        {
            answer.TrySetException(exception);
            throw;
        }
    }

    // To the millisecond, as it is kept and sent; never back, even where the clock is.
    private DateTimeOffset Now()
    {
        var now = _clock.GetUtcNow();
        now = now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMillisecond));
        _lastSentAt = now > _lastSentAt ? now : _lastSentAt;
        return _lastSentAt;
    }

    private void React(string reaction)
    {
        _reactions[reaction] = _reactions.GetValueOrDefault(reaction) + 1;
        if (_reactionsAt == DateTimeOffset.MaxValue)
        {
            _reactionsAt = _clock.GetUtcNow() + ReactionInterval;
        }
    }

    private void CountReactions()
    {
        _reactionsAt = DateTimeOffset.MaxValue;
        var counts = new Dictionary<string, int>(_reactions, StringComparer.Ordinal);
        _reactions.Clear();
        Happen(new ChatReacted(counts), isFromHere: true);
    }

    private void Seat(ChatSeat seat, ChatWelcome? welcome)
    {
        _snapshot ??= new ChatBatch([new ChatSnapshot([.. _memory.Messages], Facts.Pinned, Notice(), BuiltInEmotes.All, Facts.Emotes.Pictures, BuiltInEmotes.Reactions, Facts.Earlier)]);
        seat.MayModerate = Facts.MayModerate(seat.Caller);
        _fanOut.Add(seat);
        SeatCount = _fanOut.Count;
        if (welcome is not null)
        {
            seat.Offer(new ChatBatch([welcome]));
        }

        seat.Offer(_snapshot);
    }

    private void Happen(ChatEvent happened, bool isFromHere)
    {
        if (isFromHere)
        {
            _toRelay.Add(happened);
        }

        Remember(happened);
        _snapshot = null;
        _fanOut.Want(happened.IsForRooms ? null : happened, _clock.GetUtcNow());
    }

    private void Remember(ChatEvent happened)
    {
        switch (happened)
        {
            case ChatMessageSent sent:
                _memory.Remember(sent.Message);
                _memory.Show(sent.Message);
                break;
            case ChatMessageHeld held:
                _memory.Remember(held.Message);
                break;
            case ChatMessageDeleted deleted:
                _memory.Hide(message => message.Id == deleted.Id);
                break;
            case ChatAuthorPurged purged:
                _memory.Hide(message => message.AuthorKey == purged.AuthorKey);
                break;
            case ChatCleared:
                _memory.Hide(_ => true);
                break;
            case ChatAuthorChanged changed:
                Authors.Forget(changed.AuthorKey);
                Tell(changed);
                break;
            case ChatPinned pinned:
                Facts = Facts with { Pinned = pinned.Message };
                break;
        }
    }

    private void Tell(ChatAuthorChanged changed)
    {
        var news = new ChatBatch([new ChatRestricted(changed.Restriction)]);
        foreach (var seat in _fanOut.Seats)
        {
            if (seat.Caller.UserId is { } id && ChatAuthor.KeyOf(Facts.LiveId, new Id<User>(id)) == changed.AuthorKey)
            {
                seat.Offer(news);
            }
        }
    }

    private void Refresh(ChatRoomFacts? facts)
    {
        _snapshot = null;
        var now = _clock.GetUtcNow();
        if (facts is null)
        {
            foreach (var seat in _fanOut.Seats)
            {
                seat.SendAwayNow();
            }

            return;
        }

        var before = Notice();
        var (pinned, emotes) = (Facts.Pinned, Facts.Emotes);
        Facts = facts;
        foreach (var seat in _fanOut.Seats.Where(seat => LiveAccess.Decide(facts.Audience, seat.Caller, now) != PlaybackDecision.Allowed))
        {
            seat.SendAwayNow();
        }

        if (before != Notice())
        {
            Happen(new ChatRulesChanged(Notice()), isFromHere: false);
        }

        if (!emotes.Pictures.SequenceEqual(facts.Emotes.Pictures))
        {
            _memory.Redraw(facts.Emotes);
            Happen(new ChatEmotesChanged(facts.Emotes.Pictures), isFromHere: false);
        }

        if (pinned?.Id != facts.Pinned?.Id)
        {
            Happen(new ChatPinned(facts.Pinned), isFromHere: false);
        }
    }

    /// <param name="now">null to tell everybody, due or not</param>
    private void FanOut(DateTimeOffset? now)
    {
        if (_toRelay.Count > 0)
        {
            _relay([.. _toRelay]);
            _toRelay.Clear();
        }

        _fanOut.Tell(now);
        Sweep();
    }

    private void Sweep()
    {
        _fanOut.Sweep();
        SeatCount = _fanOut.Count;
    }

    private void SetTimer()
    {
        var next = _fanOut.DueAt < _reactionsAt ? _fanOut.DueAt : _reactionsAt;
        if (next == DateTimeOffset.MaxValue)
        {
            return;
        }

        var wait = next - _clock.GetUtcNow();
        _timer.Change(wait > TimeSpan.Zero ? wait : TimeSpan.FromMilliseconds(1), Timeout.InfiniteTimeSpan);
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, EventName = "chat.room_failed", Message = "A chat room could not do something and goes on")]
        public static partial void CommandFailed(ILogger logger, Exception exception);
    }
}
