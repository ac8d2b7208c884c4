using Kinopress.Core.Features.Destinations;
using Kinopress.Core.Features.Lives.OnAir;
using Kinopress.Media.Flv;
using Kinopress.Rtmp;

namespace Kinopress.Server.Ingest;

/// <summary>
/// Passes one live on to one service, for as long as it is on air: connects, sends from a keyframe on, and tries again with
/// growing pauses. What the service refuses for good is not tried again. One task owns it.
/// </summary>
internal sealed partial class Restream(
    DestinationTarget target, Broadcast broadcast, RestreamConnector connector, DestinationBoard board, TimeProvider clock, ILogger<Restream> logger)
{
    // A service often takes the old connection for alive and says that the key is in use. A key that worked is not given up at once.
    private const int MaxRefusalsOfGoodKey = 5;

    private static readonly RtmpPublisherOptions Options = new() { FourCcs = ["hvc1", "av01", "Opus"] };
    private static readonly TimeSpan AtOnce = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan ReportEvery = TimeSpan.FromSeconds(1);

    private readonly RestreamBackOff _backOff = new();
    private int _refusals;
    private bool _wasAccepted;
    private long _liveSince;

    /// <summary>Returns when the live is over or nothing more is wanted. Throws nothing of the world's.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        try
        {
            while (!broadcast.HasEnded)
            {
                board.Set(target.Id, board.Of(target.Id) with { State = DestinationState.Connecting, NextTryAt = null });
                if (await TryAsync(stopping) is not { } trouble)
                {
                    return;
                }

                await PauseAsync(trouble, stopping);
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // Nothing more is wanted.
        }
        catch (Exception exception)
        {
            Log.Failed(logger, exception, target.Id.Value); // one destination's trouble is not another's
        }
        finally
        {
            board.Remove(target.Id);
        }
    }

    private async Task PauseAsync(DestinationTrouble trouble, CancellationToken stopping)
    {
        if (IsForGood(trouble))
        {
            Log.Refused(logger, target.Id.Value, trouble);
            board.Set(target.Id, new DestinationStatus(DestinationState.Refused, trouble));
            await Task.Delay(Timeout.InfiniteTimeSpan, clock, stopping);
        }

        var lasted = _liveSince == 0 ? TimeSpan.Zero : clock.GetElapsedTime(_liveSince);
        trouble = trouble == DestinationTrouble.Closed && _liveSince != 0 && lasted < AtOnce ? DestinationTrouble.ClosedAtOnce : trouble;
        var pause = _backOff.Next(lasted);
        Log.Retrying(logger, target.Id.Value, trouble, (int)pause.TotalSeconds);
        board.Set(target.Id, new DestinationStatus(DestinationState.Retrying, trouble, clock.GetUtcNow() + pause));
        _liveSince = 0;
        await Task.Delay(pause, clock, stopping);
    }

    private bool IsForGood(DestinationTrouble trouble) => trouble switch
    {
        DestinationTrouble.PrivateAddress or DestinationTrouble.KeyUnreadable => true,
        DestinationTrouble.KeyRefused or DestinationTrouble.Refused => !_wasAccepted || ++_refusals > MaxRefusalsOfGoodKey,
        _ => false,
    };

    /// <returns>Null when the live is over.</returns>
    private async Task<DestinationTrouble?> TryAsync(CancellationToken stopping)
    {
        if (target.StreamKey is not { } streamKey)
        {
            return DestinationTrouble.KeyUnreadable;
        }

        if (!RtmpTarget.TryParse(target.Url, streamKey, out var address, out _))
        {
            return DestinationTrouble.Refused;
        }

        // Services hang up on a connection that brings nothing, so there has to be something to send first.
        using var subscription = broadcast.Subscribe();
        await subscription.WhenStarted.WaitAsync(stopping);
        try
        {
            return await PublishAsync(address, subscription, stopping) ? null : DestinationTrouble.Closed;
        }
        catch (Exception exception) when (TroubleIn(exception) is { } trouble && !stopping.IsCancellationRequested)
        {
            return trouble;
        }
    }

    private async Task<bool> PublishAsync(RtmpTarget address, PacketSubscription subscription, CancellationToken stopping)
    {
        try
        {
            await using var connection = await connector.ConnectAsync(address, stopping);
            var publisher = await RtmpPublisher.ConnectAsync(connection.Transport, address, Options, clock, stopping);
            try
            {
                await SendAsync(publisher, subscription, stopping);
                await SayGoodbyeAsync(publisher, connection);
                return true;
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                await SayGoodbyeAsync(publisher, connection); // or the service would wait for more
                throw;
            }
            finally
            {
                connection.Abort(); // so that nothing waits for a service that does not read
                await publisher.DisposeAsync();
            }
        }
        catch (RtmpRefusedException refusal) when (refusal.RetryWith is { } next && next != address)
        {
            return await PublishAsync(next, subscription, stopping); // the service's way of asking for an account; twice at most
        }
    }

    private async Task SayGoodbyeAsync(RtmpPublisher publisher, RestreamConnection connection)
    {
        using var patience = new CancellationTokenSource(Farewell, clock);
        await using var giveUp = patience.Token.Register(connection.Abort);
        try
        {
            await publisher.CloseAsync(patience.Token);
            await connection.CloseAsync();
        }
        catch (Exception exception) when (TroubleIn(exception) is not null)
        {
            // It is gone, or does not listen.
        }
    }

    private async Task SendAsync(RtmpPublisher publisher, PacketSubscription subscription, CancellationToken stopping)
    {
        using var gone = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        var watching = CancelWhenGoneAsync(publisher, gone);
        try
        {
            await SendAllAsync(publisher, subscription, gone.Token);
        }
        catch (OperationCanceledException exception) when (!stopping.IsCancellationRequested)
        {
            await publisher.Completion; // says why, if the service did
            throw new IOException("The service closed the connection.", exception);
        }
        finally
        {
            await gone.CancelAsync();
            await watching;
        }
    }

    private async Task SendAllAsync(RtmpPublisher publisher, PacketSubscription subscription, CancellationToken cancellationToken)
    {
        var dropped = subscription.DroppedFrames; // while the connection was being made
        long? start = null;
        var time = 0L;
        var reportedAt = 0L;
        while (await subscription.ReadAsync(cancellationToken) is { } packet)
        {
            try
            {
                start ??= packet.Kind == BroadcastPacketKind.Frame ? packet.Milliseconds : null;
                if (packet.Kind == BroadcastPacketKind.Frame && packet.Milliseconds < start)
                {
                    continue; // sound from before the first picture
                }

                time = packet.Kind == BroadcastPacketKind.Frame ? packet.Milliseconds - (start ?? 0) : time;
                await publisher.WriteAsync(KindOf(packet.Type), time, packet.Bytes.Memory, cancellationToken);
            }
            finally
            {
                packet.Bytes.Release();
            }

            if (start is not null && (reportedAt == 0 || clock.GetElapsedTime(reportedAt) >= ReportEvery))
            {
                reportedAt = clock.GetTimestamp();
                ReportLive(subscription.DroppedFrames - dropped);
            }
        }
    }

    private void ReportLive(long dropped)
    {
        if (_liveSince == 0)
        {
            _liveSince = clock.GetTimestamp();
            _wasAccepted = true;
            Log.Live(logger, target.Id.Value);
        }

        _refusals = clock.GetElapsedTime(_liveSince) >= AtOnce ? 0 : _refusals;
        board.Set(target.Id, new DestinationStatus(DestinationState.Live, dropped > 0 ? DestinationTrouble.TooSlow : null) { DroppedFrames = dropped });
    }

    private static RtmpMessageKind KindOf(FlvTagType type) => type switch
    {
        FlvTagType.Audio => RtmpMessageKind.Audio,
        FlvTagType.Video => RtmpMessageKind.Video,
        _ => RtmpMessageKind.Data,
    };

    private static async Task CancelWhenGoneAsync(RtmpPublisher publisher, CancellationTokenSource gone)
    {
        await Task.WhenAny(publisher.Completion, Task.Delay(Timeout.InfiniteTimeSpan, gone.Token));
        await gone.CancelAsync();
    }

    /// <summary>What a failure of the world means; null for a bug.</summary>
    private static DestinationTrouble? TroubleIn(Exception exception) => exception switch
    {
        RestreamException unreachable => unreachable.Trouble,
        RtmpRefusedException refusal => refusal.Code.StartsWith("NetStream.", StringComparison.Ordinal) ? DestinationTrouble.KeyRefused : DestinationTrouble.Refused,
        RtmpProtocolException { Fault: RtmpFault.WriteTimedOut } => DestinationTrouble.TooSlow,
        RtmpProtocolException { Fault: RtmpFault.HandshakeTimedOut or RtmpFault.DialogueTimedOut } => DestinationTrouble.Unreachable,
        RtmpProtocolException => DestinationTrouble.NotRtmp,
        IOException or OperationCanceledException => DestinationTrouble.Closed,
        _ => null,
    };

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, EventName = "restream.failed", Message = "Sending to destination {DestinationId} failed")]
        public static partial void Failed(ILogger logger, Exception exception, Guid destinationId);

        [LoggerMessage(Level = LogLevel.Information, EventName = "restream.live", Message = "Destination {DestinationId} takes the stream")]
        public static partial void Live(ILogger logger, Guid destinationId);

        [LoggerMessage(Level = LogLevel.Warning, EventName = "restream.retrying", Message = "Destination {DestinationId} failed ({Trouble}); trying again in {Seconds} s")]
        public static partial void Retrying(ILogger logger, Guid destinationId, DestinationTrouble trouble, int seconds);

        [LoggerMessage(Level = LogLevel.Warning, EventName = "restream.refused", Message = "Destination {DestinationId} refuses ({Trouble}); not tried again until it is changed")]
        public static partial void Refused(ILogger logger, Guid destinationId, DestinationTrouble trouble);
    }
}
