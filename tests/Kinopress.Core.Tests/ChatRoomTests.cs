using System.Collections.Concurrent;
using Kinopress.Core.Features.Accounts;
using Kinopress.Core.Features.Channels;
using Kinopress.Core.Features.Chat;
using Kinopress.Core.Features.Lives;
using Kinopress.Core.Features.Videos;
using Kinopress.Core.Foundation;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Kinopress.Core.Tests;

public sealed class ChatRoomTests : IAsyncDisposable
{
    private static readonly Guid OwnerId = new("01890000-0000-7000-8000-000000000001");

    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 5, 1, 20, 0, 0, TimeSpan.Zero));
    private readonly ConcurrentQueue<IReadOnlyList<ChatLine>> _kept = new();
    private readonly ChatRoom _room;
    private readonly Task _running;

    public ChatRoomTests()
    {
        var facts = new ChatRoomFacts(
            Id<Live>.New(_clock), "11111111111", Id<Channel>.New(_clock), new VideoAudience(OwnerId, Visibility.Public, _clock.GetUtcNow(), DeletedAt: null), HasChat: true, LiveState.Live, EndedAt: null, ChatRules.Default, Pinned: null);
        var archive = new ChatArchive(
            (lines, _) =>
            {
                _kept.Enqueue(lines);
                return Task.CompletedTask;
            },
            _clock,
            NullLogger.Instance);
        _room = new ChatRoom(facts, [], archive, _ => { }, _clock, NullLogger.Instance);
        _running = _room.RunAsync(CancellationToken.None);
    }

    [Fact]
    public async Task What_is_said_within_75_ms_after_the_last_travels_together_and_is_the_same_for_all()
    {
        var (anna, ben) = (await SeatAsync(), await SeatAsync());

        await SayAsync("at once");
        await SettleAsync();
        Assert.Equal(["at once"], anna.Batches[^1].Events.Cast<ChatMessageSent>().Select(sent => sent.Message.Text));
        await SayAsync("one");
        await SayAsync("two");
        Assert.Equal(2, anna.Batches.Count); // how the room stood, and the first
        await AdvanceAsync(75);

        Assert.Equal(["one", "two"], anna.Batches[^1].Events.Cast<ChatMessageSent>().Select(sent => sent.Message.Text));
        Assert.Same(anna.Batches[^1], ben.Batches[^1]);
    }

    [Fact]
    public async Task What_no_rule_can_read_is_answered_and_leaves_the_room_as_it_was()
    {
        await _room.RefreshAsync(_room.Facts with { Rules = ChatRules.Default with { BlockedPhrases = ["bad\ufffe"] } }, CancellationToken.None);

        var said = await SayAsync("one \ufffe two \uffff");
        await SayAsync("three");

        Assert.Equal("one two", said.Text);
        Assert.Equal(["one two", "three"], Assert.IsType<ChatSnapshot>((await SeatAsync()).Batches[0].Events[0]).Messages.Select(message => message.Text));
    }

    [Fact]
    public async Task A_newcomer_hears_how_the_room_stands()
    {
        await SayAsync("before");

        var seat = await SeatAsync();

        Assert.Equal(["before"], Assert.IsType<ChatSnapshot>(seat.Batches[0].Events[0]).Messages.Select(message => message.Text));
    }

    [Fact]
    public async Task What_is_held_only_moderators_hear()
    {
        await _room.RefreshAsync(_room.Facts with { Rules = ChatRules.Default with { Hold = ChatHold.Everything } }, CancellationToken.None);
        var (viewer, owner) = (await SeatAsync(), await SeatAsync(new Caller(OwnerId, new HashSet<Capability> { Capability.ManageOwnVideos }, Scopes: null)));
        await AdvanceAsync(75);

        await SayAsync("wait");
        await AdvanceAsync(75);

        Assert.IsType<ChatMessageHeld>(owner.Batches[^1].Events[^1]);
        Assert.DoesNotContain(viewer.Batches.SelectMany(batch => batch.Events), happened => happened is ChatMessageHeld);
        Assert.True((await KeptAsync()).Single().IsHeld);
    }

    [Fact]
    public async Task Reactions_are_counted_for_a_second()
    {
        var seat = await SeatAsync();

        Assert.True(Enumerable.Range(0, 100).All(_ => _room.TryReact("❤️")));
        await SettleAsync();
        await AdvanceAsync(1000);
        await AdvanceAsync(75);

        Assert.Equal(100, Assert.IsType<ChatReacted>(seat.Batches[^1].Events.Single()).Counts["❤️"]);
    }

    [Fact]
    public async Task Messages_are_kept_fifty_at_a_time()
    {
        for (var number = 0; number < 120; number++)
        {
            await SayAsync($"message {number}");
        }

        Assert.Equal(120, (await KeptAsync()).Count);
        Assert.All(_kept, batch => Assert.InRange(batch.Count, 1, ChatArchive.BatchSize));
    }

    [Fact]
    public async Task A_slow_listener_is_told_to_ask_again_and_holds_nobody_up()
    {
        var (quick, slow) = (await SeatAsync(), await SeatAsync());
        slow.Stop();

        for (var number = 0; number < 70; number++)
        {
            await SayAsync($"message {number}");
            await AdvanceAsync(75);
        }

        Assert.Equal(71, quick.Batches.Count);
        slow.GoOn();
        await slow.Writing;
        Assert.IsType<ChatResync>(slow.Batches[^1].Events[0]);
        Assert.False(slow.WasSentAway);
    }

    [Fact]
    public async Task Who_does_not_catch_up_in_ten_seconds_is_sent_away()
    {
        var slow = await SeatAsync();
        slow.Stop();

        for (var number = 0; number < 66 + 140; number++)
        {
            await SayAsync($"message {number}");
            await AdvanceAsync(75);
        }

        Assert.True(slow.WasSentAway);
        Assert.Equal(0, _room.SeatCount);
    }

    [Fact]
    public async Task A_flood_is_refused_and_not_piled_up()
    {
        using var gate = new ManualResetEventSlim();
        await _room.AnnounceAsync(new ChatBlocker(gate), isFromHere: false, CancellationToken.None);

        var offered = Enumerable.Range(0, 10_000).Select(number => _room.OfferAsync(new ChatDraft($"spam {number}", ReplyTo: null), Author(number))).ToList();
        var refused = offered.Where(offer => offer.IsCompleted).ToList();
        gate.Set();
        var answers = await Task.WhenAll(offered);

        Assert.True(refused.Count > 7_000);
        Assert.All(await Task.WhenAll(refused), answer => Assert.True(answer.Failed(out var failure) && failure == ChatFailures.Busy));
        Assert.Contains(answers, answer => !answer.Failed(out _));
    }

    [Fact]
    public async Task Who_may_not_watch_any_more_is_sent_away()
    {
        var (stranger, owner) = (await SeatAsync(), await SeatAsync(new Caller(OwnerId, new HashSet<Capability> { Capability.ManageOwnVideos }, Scopes: null)));

        await _room.RefreshAsync(_room.Facts with { Audience = _room.Facts.Audience with { Visibility = Visibility.Private } }, CancellationToken.None);
        await SettleAsync();

        Assert.Equal((true, false), (stranger.WasSentAway, owner.WasSentAway));
    }

    [Fact]
    public async Task Deleted_messages_are_not_shown_to_newcomers()
    {
        var kept = await SayAsync("kept");
        var gone = await SayAsync("gone");
        await _room.AnnounceAsync(new ChatMessageDeleted(gone.Id), isFromHere: true, CancellationToken.None);

        var seat = await SeatAsync();

        Assert.Equal([kept.Id], Assert.IsType<ChatSnapshot>(seat.Batches[0].Events[0]).Messages.Select(message => message.Id));
    }

    public async ValueTask DisposeAsync()
    {
        _room.Complete();
        await _running;
    }

    private static ChatAuthor Author(int number) => new(
        new Id<User>(new Guid(number + 1, 0, 0, [0, 0, 0, 0, 0, 0, 0, 2])), $"Person {number}", ChatRole.Member, DateTimeOffset.MinValue, "stamp", Restriction: null);

    private async Task<ChatMessageView> SayAsync(string text) =>
        (await _room.OfferAsync(new ChatDraft(text, ReplyTo: null), Author(0))).Match(sent => sent.Message, failure => throw new InvalidOperationException(failure.Code));

    private async Task<TestSeat> SeatAsync(Caller? caller = null)
    {
        var seat = new TestSeat(caller ?? Caller.Stranger, _clock);
        Assert.True(_room.TrySeat(seat, welcome: null));
        await SettleAsync();
        return seat;
    }

    // What was asked of the room before has been done when this has.
    private Task<Result<SentChatMessage>> SettleAsync() => _room.OfferAsync(new ChatDraft(Text: null, ReplyTo: null), Author(9));

    private async Task AdvanceAsync(int milliseconds)
    {
        _clock.Advance(TimeSpan.FromMilliseconds(milliseconds));
        await SettleAsync();
        await SettleAsync(); // an answer comes before what its command makes due
    }

    private async Task<IReadOnlyList<ChatLine>> KeptAsync()
    {
        await _room.SettleAsync(CancellationToken.None);
        return [.. _kept.SelectMany(batch => batch)];
    }

    /// <summary>Keeps the room's loop at one place, as a slow computer would.</summary>
    private sealed record ChatBlocker(ManualResetEventSlim Gate) : ChatEvent
    {
        public override bool IsForRooms
        {
            get
            {
                Gate.Wait();
                return true;
            }
        }
    }

    private sealed class TestSeat(Caller caller, TimeProvider clock) : ChatSeat(caller, clock)
    {
        private TaskCompletionSource? _stopped;

        public List<ChatBatch> Batches { get; } = [];

        public bool WasSentAway { get; private set; }

        public void Stop() => _stopped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

        public void GoOn()
        {
            var stopped = _stopped;
            _stopped = null;
            stopped?.SetResult();
        }

        protected override ValueTask WriteAsync(ChatBatch batch)
        {
            Batches.Add(batch);
            return _stopped is { } stopped ? new ValueTask(stopped.Task) : ValueTask.CompletedTask;
        }

        protected override void SendAway() => WasSentAway = true;
    }
}
