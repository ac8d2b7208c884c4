using System.IO.Pipelines;
using Kinopress.Core.Foundation;
using Kinopress.Media.Flv;
using Microsoft.Extensions.Logging;

namespace Kinopress.Core.Features.Lives.OnAir;

/// <summary>
/// One run of ffmpeg between a page and a broadcast: WebM in, the bodies of FLV tags out to the feed. It is killed when it
/// puts nothing out though much goes in, or more than a live can be. One writer; ends with <see cref="DisposeAsync"/>.
/// </summary>
public sealed partial class Transcoding : IAsyncDisposable
{
    private const int MaxWaitingBytes = 4 * 1024 * 1024;
    private const int LoggedCharacters = 500;

    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan InputFlows = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan StartPatience = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan OutputPatience = TimeSpan.FromSeconds(8);
    private static readonly TimeSpan LastPictures = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan MaxAhead = TimeSpan.FromSeconds(10);

    private readonly Transcoder _transcoder;
    private readonly BroadcastFeed _feed;
    private readonly Pipe _input = new(new PipeOptions(pauseWriterThreshold: MaxWaitingBytes, resumeWriterThreshold: MaxWaitingBytes / 2, useSynchronizationContext: false));
    private readonly CancellationTokenSource _killed;
    private readonly Task _running;
    private volatile bool _isOver;
    private volatile bool _isWriting;
    private long _flowsSince;
    private long _readAt;
    private long _putOutAt;

    internal Transcoding(Transcoder transcoder, BroadcastFeed feed)
    {
        (_transcoder, _feed) = (transcoder, feed);
        _killed = new CancellationTokenSource(Timeout.InfiniteTimeSpan, transcoder.Clock);
        _running = RunAsync();
    }

    /// <summary>
    /// Why it takes no more; null while it does. <c>live.encoder_failed</c> when ffmpeg ended or did nothing,
    /// <c>live.sent_too_fast</c> when pictures came faster than time passes.
    /// </summary>
    public Failure? Failure { get; private set; }

    private TimeProvider Clock => _transcoder.Clock;

    /// <summary>Returns when it has been queued, which slows a page that is too fast.</summary>
    /// <returns>False when it is taken no more: see <see cref="Failure"/>.</returns>
    public async ValueTask<bool> WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken) =>
        !(await _input.Writer.WriteAsync(bytes, cancellationToken)).IsCompleted;

    /// <summary>Nothing more comes: ends the input, and waits a moment for the last pictures.</summary>
    public async Task FinishAsync()
    {
        _isOver = true;
        await _input.Writer.CompleteAsync();
        _killed.CancelAfter(LastPictures);
        await _running;
    }

    /// <summary>Kills it where it still runs.</summary>
    public async ValueTask DisposeAsync()
    {
        _isOver = true;
        await _input.Writer.CompleteAsync();
        await _killed.CancelAsync();
        await _running;
        _killed.Dispose();
    }

    private async Task RunAsync()
    {
        using var gone = new CancellationTokenSource();
        var watching = WatchAsync(gone.Token);
        var complaints = "";
        try
        {
            complaints = (await _transcoder.RunAsync(FeedAsync, TakeAsync, _killed.Token)).ErrorOutput;
        }
        catch (OperationCanceledException) when (_killed.IsCancellationRequested)
        {
            // It was killed.
        }
        catch (ProgramMissingException exception)
        {
            complaints = exception.Message;
        }
        finally
        {
            await gone.CancelAsync();
            await watching;
            Failure ??= LiveFailures.EncoderFailed;
            await _input.Reader.CompleteAsync();
        }

        if (!_isOver)
        {
            Log.Ended(_transcoder.Logger, _feed.PublicId, Failure?.Code, complaints.Length > LoggedCharacters ? complaints[^LoggedCharacters..] : complaints);
        }
    }

    private async Task FeedAsync(Stream stream, CancellationToken cancellationToken)
    {
        while (true)
        {
            var read = await _input.Reader.ReadAsync(cancellationToken);
            if (_readAt == 0 || Clock.GetElapsedTime(_readAt) > InputFlows)
            {
                _flowsSince = Clock.GetTimestamp();
            }

            _isWriting = true;
            foreach (var bytes in read.Buffer)
            {
                await stream.WriteAsync(bytes, cancellationToken);
            }

            await stream.FlushAsync(cancellationToken);
            _isWriting = false;
            _readAt = Clock.GetTimestamp();
            _input.Reader.AdvanceTo(read.Buffer.End);
            if (read.IsCompleted)
            {
                return;
            }
        }
    }

    private async Task TakeAsync(Stream stream, CancellationToken cancellationToken)
    {
        try
        {
            using var tags = new FlvFileReader(PipeReader.Create(stream, new StreamPipeReaderOptions(leaveOpen: true)));
            var (first, firstAt) = (-1L, 0L);
            while (await tags.ReadAsync(cancellationToken) is { State: FlvFileState.Tag } tag)
            {
                _putOutAt = Clock.GetTimestamp();
                (first, firstAt) = first < 0 ? (tag.Timestamp, _putOutAt) : (first, firstAt);
                if (TimeSpan.FromMilliseconds(tag.Timestamp - first) - Clock.GetElapsedTime(firstAt) > MaxAhead)
                {
                    Failure = LiveFailures.SentTooFast;
                    await _killed.CancelAsync();
                    return;
                }

                await _feed.WriteAsync(tag.Type, tag.Timestamp, tag.Body, cancellationToken);
            }

            await stream.CopyToAsync(Stream.Null, cancellationToken); // what is no FLV: whoever watches ends it
        }
        catch (Exception exception) when (exception is not (OperationCanceledException or IOException))
        {
            Log.Broken(_transcoder.Logger, exception, _feed.PublicId);
            await _killed.CancelAsync();
        }
    }

    private async Task WatchAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(LookEvery, Clock);
        try
        {
            while (await timer.WaitForNextTickAsync(cancellationToken))
            {
                if (IsStuck())
                {
                    await _killed.CancelAsync();
                    return;
                }
            }
        }
        catch (OperationCanceledException)
        {
            // It has ended.
        }
    }

    private bool IsStuck()
    {
        var hasInput = _isWriting || (_readAt != 0 && Clock.GetElapsedTime(_readAt) < InputFlows);
        return hasInput && Clock.GetElapsedTime(Math.Max(_flowsSince, _putOutAt)) > (_putOutAt == 0 ? StartPatience : OutputPatience);
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, EventName = "live.transcoding_ended", Message = "Encoding live {PublicId} for a page ended ({Code}): {Complaints}")]
        public static partial void Ended(ILogger logger, string publicId, string? code, string complaints);

        [LoggerMessage(Level = LogLevel.Error, EventName = "live.transcoding_broken", Message = "What was encoded for a page could not be put on air in live {PublicId}")]
        public static partial void Broken(ILogger logger, Exception exception, string publicId);
    }
}
