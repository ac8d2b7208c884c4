using Kinopress.Core.Foundation;
using Kinopress.Media.Flv;
using Kinopress.Media.Live;
using Microsoft.Extensions.Logging;

namespace Kinopress.Core.Features.Lives.OnAir;

/// <summary>
/// One live on air: whoever sends it, the qualities viewers play, its recording, and what happens when the encoder vanishes.
/// Everything that changes it takes its one turn; viewers read snapshots and never wait for it. Thread-safe.
/// </summary>
public sealed partial class Broadcast : IDisposable
{
    /// <summary>How long an encoder may be away before the live is over.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromSeconds(45);

    private static readonly TimeSpan StayAfterEnd = TimeSpan.FromMinutes(1);

    private readonly BroadcastTools _tools;
    private readonly Action<Broadcast> _forget;
    private readonly OneTurn _turn = new();
    private readonly Takeovers _takeovers;
    private readonly CancellationTokenSource _ended = new();
    private readonly BroadcastHealth _health;
    private readonly PacketBus _bus;
    private readonly EncoderAbsence _absence;
    private BroadcastFeed? _feed;
    private StartedLiveSession? _session;
    private Ladder? _ladder;
    private long _heardAt;
    private volatile bool _hasEnded;
    private readonly TaskCompletionSource _settled = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _stopping = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task _watching = Task.CompletedTask;
    private Task _leaving = Task.CompletedTask;

    internal Broadcast(LiveIngest live, BroadcastTools tools, Action<Broadcast> forget)
    {
        Live = live;
        _tools = tools;
        _forget = forget;
        _takeovers = new Takeovers(tools.Clock);
        _health = new BroadcastHealth(tools.Clock);
        _bus = new PacketBus(tools.Clock);
        Viewers = new ViewerCounter(tools.Clock);
        Source = new BroadcastRendition(BroadcastRendition.SourceKey, live.DvrWindowInSeconds, tools);
        _absence = new EncoderAbsence(Source, tools.Clock);
    }

    public LiveIngest Live { get; }

    public ViewerCounter Viewers { get; }

    /// <summary>What the encoder sends, as it is.</summary>
    public BroadcastRendition Source { get; }

    /// <summary>Every quality on offer, the best first. Another list after each change.</summary>
    public IReadOnlyList<BroadcastRendition> Renditions => Source.Offered;

    /// <summary>No encoder can bring it back; a new one starts another session.</summary>
    public bool HasEnded => _hasEnded;

    /// <summary>In playlists' addresses; differs for every session, so that no cache mixes them up. Null before the first picture.</summary>
    public string? SessionName { get; private set; }

    /// <summary>Where the last encoder came from; null before the first. See <see cref="Publisher"/>.</summary>
    internal string? LastNetwork { get; private set; }

    /// <summary>Null before the first picture.</summary>
    public Guid? SessionId => _session?.Id.Value;

    /// <summary>A quality by its key, also one that is no longer on offer: somebody may be on it. Null when there never was one.</summary>
    public BroadcastRendition? Find(string key) => Source.All.FirstOrDefault(rendition => rendition.Key == key);

    /// <summary>What the encoder sends from here on, in order; for whoever passes it on. Never slows the encoder. Dispose to leave.</summary>
    public PacketSubscription Subscribe() => _bus.Subscribe();

    public void Dispose()
    {
        _feed?.Dispose();
        _ladder?.Dispose();
        _ended.Dispose();
        _turn.Dispose();
    }

    /// <returns>Null when it has ended meanwhile.</returns>
    internal async Task<Result<BroadcastFeed>?> JoinAsync(Publisher publisher, CancellationToken cancellationToken)
    {
        using var turn = await _turn.TakeAsync(cancellationToken);
        if (HasEnded)
        {
            return null;
        }

        if (_feed is { } old)
        {
            if (!_takeovers.Allows(old.Publisher, publisher))
            {
                return LiveFailures.PublishersFight;
            }

            old.Close(isTakenOver: true);
        }

        _feed = new BroadcastFeed(this, publisher);
        LastNetwork = publisher.Network;
        _health.Meter.Complaint = null;
        _heardAt = _tools.Clock.GetTimestamp();
        return Result.Of(_feed);
    }

    internal async ValueTask WriteAsync(BroadcastFeed feed, FlvTagType type, long timestamp, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        using var turn = await _turn.TakeAsync(cancellationToken);
        if (HasEnded || !ReferenceEquals(_feed, feed))
        {
            return;
        }

        if (type == FlvTagType.Script)
        {
            _bus.Describe(body.Span);
            return;
        }

        var input = feed.Input;
        if (input.Read(type, timestamp, body) is not { } unit)
        {
            _health.Meter.Complaint = input.Complaint;
            return;
        }

        _heardAt = _tools.Clock.GetTimestamp();
        _health.Meter.Frame(unit.DecodeTime, unit.Payload.Length, unit.Track == LiveTrack.Video, unit.IsKeyframe);
        if (!input.HasBegun)
        {
            if (input.Start.Offer(unit, input.Tracks))
            {
                await BeginAsync(feed);
            }

            return;
        }

        Write(input, unit);
    }

    internal async Task LeaveAsync(BroadcastFeed feed, FeedEnding ending)
    {
        if (HasEnded)
        {
            return;
        }

        using (var turn = await _turn.TakeAsync(CancellationToken.None))
        {
            if (!ReferenceEquals(_feed, feed))
            {
                return; // somebody took over, or it has ended
            }

            _feed = null;
            if (_session is null)
            {
                _hasEnded = true; // nothing was ever seen
            }
            else if (ending == FeedEnding.Lost)
            {
                await InterruptAsync(_session, _tools.Clock.GetTimestamp());
                return;
            }
        }

        if (_session is null)
        {
            _settled.TrySetResult();
            _forget(this);
            return;
        }

        await EndAsync(ending == FeedEnding.Finished ? LiveEndReason.EncoderStopped : LiveEndReason.SiteStopped);
    }

    private async Task InterruptAsync(StartedLiveSession session, long since)
    {
        if (_absence.HasBegun)
        {
            return;
        }

        Source.Flush();
        _absence.Begin(since);
        await _tools.UseAsync<InterruptLiveSession, Result<Done>>(interrupt => interrupt.RunAsync(session.Id, CancellationToken.None));
    }

    /// <summary>Takes it off the air and makes its recording a video. Returns when that can be watched. Harmless when it has ended.</summary>
    public async Task EndAsync(LiveEndReason reason)
    {
        await FinishAsync(reason);
        await _settled.Task;
    }

    /// <summary>Ends it because the site stops: nothing stays behind for players that are late.</summary>
    internal async Task StopAsync()
    {
        await EndAsync(LiveEndReason.SiteStopped);
        _stopping.TrySetResult();
        await Task.WhenAll(_watching, _leaving);
    }

    private async Task FinishAsync(LiveEndReason reason)
    {
        using (var turn = await _turn.TakeAsync(CancellationToken.None))
        {
            if (HasEnded)
            {
                return;
            }

            _hasEnded = true;
        }

        try
        {
            await LeaveAirAsync();
        }
        catch (Exception exception)
        {
            Log.NotEnded(_tools.Logger, exception, Live.PublicId); // what was recorded is kept all the same
        }

        await BroadcastSettlement.TrySettleAsync(this, _tools, _session, reason);
        _leaving = LingerAsync();
        _settled.TrySetResult();
    }

    private async Task LeaveAirAsync()
    {
        await _ended.CancelAsync();
        await TakeTurnForAsync(() =>
        {
            Source.End();
            _bus.Complete();
            var feed = _feed;
            _feed = null;
            feed?.Close(isTakenOver: false);
        });
        _tools.Changed.Raise();
        if (_ladder is not null)
        {
            await _ladder.EndAsync();
            await TakeTurnForAsync(Source.EndFollowers);
        }
    }

    // Not cancelled with the connection: what the database says of a live, somebody here has to run.
    private async Task BeginAsync(BroadcastFeed feed)
    {
        var input = feed.Input;
        var now = _tools.Clock.GetUtcNow();
        if (_session is null)
        {
            var started = await _tools.UseAsync<StartLiveSession, Result<StartedLiveSession>>(start => start.RunAsync(Live.Id, feed.Publisher.EncoderName, CancellationToken.None));
            if (started.Failed(out _, out var session))
            {
                feed.Close(isTakenOver: false); // deleted meanwhile, or on air on another node
                return;
            }

            _session = session;
            SessionName = session.RecordingFolder[^12..];
            Source.Open(session, SessionName, input.FrameRate);
            _watching = WatchAsync();
            _ladder = Live.HasLadder ? new Ladder(this, _tools.Ladders) : null;
        }
        else
        {
            Source.Reconnect(_absence.Unfilled);
            await _tools.UseAsync<ResumeLiveSession, Result<Done>>(resume => resume.RunAsync(_session.Id, CancellationToken.None));
        }

        _absence.End();
        _health.Restart(input.FrameRate);
        Begin(input.TakeTracks(), now);
        foreach (var unit in input.Start.Take())
        {
            Write(input, unit);
        }

        input.HasBegun = true;
        _tools.Changed.Raise();
    }

    private void Begin(LiveTracks tracks, DateTimeOffset now)
    {
        Source.Begin(tracks, now, isFiller: false);
        _bus.Configure(tracks);
    }

    private void Write(StreamInput input, AccessUnit unit)
    {
        var moment = Source.Place(unit);
        if (moment.IsJump)
        {
            input.NoteJump();
        }

        if (input.WantsNewStretch(unit))
        {
            Begin(input.TakeTracks(), _tools.Clock.GetUtcNow());
        }

        var placed = unit with { DecodeTime = moment.Milliseconds };
        Source.Write(placed);
        _bus.Write(placed);
    }

    private async Task WatchAsync()
    {
        if (await new BroadcastWatch(_tools.Clock, _tools.Logger, Live.PublicId).LookAfterAsync(LookAsync, _ended.Token))
        {
            await FinishAsync(LiveEndReason.EncoderLost);
        }
    }

    private async Task<bool> LookAsync()
    {
        var isOver = await LookInTurnAsync();
        if (!Live.Records)
        {
            Source.DeleteOld();
        }

        return isOver;
    }

    /// <returns>True when the encoder has been away for too long.</returns>
    private async Task<bool> LookInTurnAsync()
    {
        using var turn = await _turn.TakeAsync(_ended.Token);
        if (_health.Measure(_absence.HasBegun, _ladder?.Advice, Source.RecordingFailed && Live.Records) is { } health)
        {
            _tools.Board.SetViewers(Live.PublicId, Viewers.Count());
            _tools.Board.SetHealth(Live.PublicId, health);
            foreach (var rendition in Source.All)
            {
                rendition.Tidy();
            }
        }

        // A cable that is cut says nothing: the connection stays for a while, and nothing comes.
        var isSilent = _feed is null || _tools.Clock.GetElapsedTime(_heardAt) >= EncoderAbsence.Patience;
        if (isSilent && _feed is { Input: { HasBegun: true } input } && _session is { } session)
        {
            input.StartAgain();
            await InterruptAsync(session, _heardAt);
        }

        if (isSilent && _absence.Length >= Grace)
        {
            return true;
        }

        _absence.Fill();
        return false;
    }

    /// <summary>Players are a few seconds behind and finish from here.</summary>
    private async Task LingerAsync()
    {
        await _watching;
        if (_session is not null)
        {
            using var stay = new CancellationTokenSource(StayAfterEnd, _tools.Clock);
            await _stopping.Task.WaitAsync(stay.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        foreach (var rendition in Source.All)
        {
            rendition.Release();
        }

        _forget(this);
        Dispose();
    }

    /// <summary>For those who make smaller qualities of it.</summary>
    internal async Task TakeTurnForAsync(Action act)
    {
        using var turn = await _turn.TakeAsync(CancellationToken.None);
        act();
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, EventName = "live.not_ended", Message = "Live {PublicId} did not leave the air as it should")]
        public static partial void NotEnded(ILogger logger, Exception exception, string publicId);
    }
}
