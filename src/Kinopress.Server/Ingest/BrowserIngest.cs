using System.Net;
using System.Net.WebSockets;
using System.Text.Json;
using Kinopress.Core.Features.Lives;
using Kinopress.Core.Features.Lives.OnAir;
using Kinopress.Core.Foundation;
using Kinopress.Media.Flv;
using Kinopress.Server.Host;

namespace Kinopress.Server.Ingest;

/// <summary>
/// Takes in a live that a page of this site sends over a WebSocket at <c>/ingest/live</c>. The first message is a one-time
/// ticket and the format of what follows: frames, or one WebM file cut anywhere, which is encoded here. Each second the page
/// is told how much has arrived.
/// </summary>
internal sealed partial class BrowserIngest(
    Broadcasts broadcasts, BroadcastTickets tickets, Transcoder transcoder, IngestGuard guard, IHostApplicationLifetime lifetime, TimeProvider clock, ILogger<BrowserIngest> logger)
{
    private const int MaxMessage = 4 * 1024 * 1024; // a keyframe of the highest quality a page offers is a tenth of that
    private const int MaxTicketMessage = 1024;
    private const int MaxWebMBytesPerSecond = 2 * 1024 * 1024; // six times what pages ask their browsers for
    private const int MaxWebMBurst = 16 * 1024 * 1024;
    private const int FirstBuffer = 64 * 1024;

    private static readonly TimeSpan TicketTimeout = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan MediaTimeout = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan AckInterval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan FarewellTimeout = TimeSpan.FromSeconds(2);

    /// <summary>Serves one page to its end.</summary>
    public async Task ServeAsync(HttpContext context)
    {
        if (!context.WebSockets.IsWebSocketRequest || !IsOwnPage(context.Request))
        {
            await context.WriteProblemAsync(Failures.BadRequest);
            return;
        }

        var remote = context.Connection.RemoteIpAddress is { } address ? new IPEndPoint(address, context.Connection.RemotePort) : null;
        using var place = guard.TryEnter(remote);
        if (place is null)
        {
            await context.WriteProblemAsync(Failures.TooManyTries);
            return;
        }

        using var socket = await context.WebSockets.AcceptWebSocketAsync();
        using var aborting = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, lifetime.ApplicationStopping);
        try
        {
            await ServeAsync(socket, context, remote, place, aborting.Token);
        }
        catch (Exception exception) when (exception is WebSocketException or OperationCanceledException or IOException)
        {
            // The page left, or the site stops.
        }
    }

    private async Task ServeAsync(WebSocket socket, HttpContext context, EndPoint? remote, IDisposable place, CancellationToken cancellationToken)
    {
        using var messages = new BrowserMessages(socket, FirstBuffer, clock, cancellationToken);
        var first = await messages.ReadAsync(MaxTicketMessage, TicketTimeout);
        if (first is not { IsText: true } || BrowserHello.Parse(first.Value.Bytes.Span) is not { } hello || tickets.Take(hello.Ticket) is not { } live)
        {
            guard.NoteWrongKey(remote);
            await FarewellAsync(socket, BrowserFarewell.Refused("This page may not send any more. Load it again."));
            return;
        }

        place.Dispose(); // it has a ticket: no stranger any more
        IDisposable? encoderPlace = null;
        if (hello.Format == BroadcastFormat.WebM && (await transcoder.ReserveAsync(cancellationToken)).Failed(out var refusal, out encoderPlace))
        {
            await FarewellAsync(socket, refusal == LiveFailures.EncodersBusy ? BrowserFarewell.Interrupted(refusal) : BrowserFarewell.Refused(refusal));
            return;
        }

        using var reserved = encoderPlace;
        var publisher = new Publisher(IngestGuard.NameOf(remote), $"Browser, {NameOf(context.Request.Headers.UserAgent.ToString())}");
        if ((await broadcasts.JoinAsync(live, publisher, cancellationToken)).Failed(out var failure, out var feed))
        {
            await FarewellAsync(socket, BrowserFarewell.Refused(failure));
            return;
        }

        var ending = FeedEnding.Lost;
        try
        {
            ending = await PublishAsync(socket, messages, feed, hello.Format, cancellationToken);
        }
        finally
        {
            await feed.LeaveAsync(lifetime.ApplicationStopping.IsCancellationRequested ? FeedEnding.SiteStopping : ending);
            feed.Dispose();
        }

        if (ending == FeedEnding.Finished)
        {
            await FarewellAsync(socket, BrowserFarewell.Ended);
        }
    }

    private async Task<FeedEnding> PublishAsync(WebSocket socket, BrowserMessages messages, BroadcastFeed feed, BroadcastFormat format, CancellationToken cancellationToken)
    {
        await SendAsync(socket, new { type = "ready" }, cancellationToken);
        using var over = new CancellationTokenSource();
        var acknowledging = AcknowledgeAsync(socket, messages, over.Token, cancellationToken);
        var closed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var closing = feed.Closed.UnsafeRegister(static closed => ((TaskCompletionSource?)closed)?.TrySetResult(), closed);
        var reading = format == BroadcastFormat.WebM
            ? ReadWebMAsync(socket, messages, feed, cancellationToken)
            : ReadFramesAsync(socket, messages, feed, cancellationToken);
        try
        {
            if (await Task.WhenAny(reading, closed.Task) == reading)
            {
                return await reading;
            }
        }
        finally
        {
            await over.CancelAsync();
            if (await Task.WhenAny(acknowledging, Task.Delay(FarewellTimeout, clock, cancellationToken)) != acknowledging)
            {
                socket.Abort(); // it takes nothing more, and the live must not wait for it
            }

            await acknowledging;
        }

        // The read goes on: cancelling it would end the socket, and the page could not be told why.
        await FarewellAsync(socket, feed.IsTakenOver ? BrowserFarewell.TakenOver : BrowserFarewell.Ended);
        if (await Task.WhenAny(reading, Task.Delay(FarewellTimeout, clock, cancellationToken)) != reading)
        {
            socket.Abort(); // it was told, and stays
        }

        await ((Task)reading).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return FeedEnding.Lost; // whoever closed the feed has dealt with it
    }

    private async Task<FeedEnding> ReadFramesAsync(WebSocket socket, BrowserMessages messages, BroadcastFeed feed, CancellationToken cancellationToken)
    {
        var reader = new BrowserFrameReader();
        while (await messages.ReadAsync(MaxMessage, MediaTimeout) is { } message)
        {
            if (message.IsText)
            {
                return FeedEnding.Finished; // there is one thing to say in words: goodbye
            }

            if (reader.Read(message.Bytes.Span) is not { } frame)
            {
                Log.Malformed(logger);
                await FarewellAsync(socket, BrowserFarewell.Refused("What this page sends cannot be read. Load it again."));
                return FeedEnding.Lost;
            }

            await feed.WriteAsync(frame.Type, frame.Timestamp, frame.Body, cancellationToken);
        }

        return FeedEnding.Lost;
    }

    private async Task<FeedEnding> ReadWebMAsync(WebSocket socket, BrowserMessages messages, BroadcastFeed feed, CancellationToken cancellationToken)
    {
        var allowance = new ByteAllowance(MaxWebMBytesPerSecond, MaxWebMBurst, clock);
        await using var encoder = transcoder.Begin(feed);
        while (await messages.ReadAsync(MaxMessage, MediaTimeout) is { } message)
        {
            if (message.IsText)
            {
                await encoder.FinishAsync();
                return FeedEnding.Finished;
            }

            var failure = allowance.TryTake(message.Bytes.Length) ? null : LiveFailures.SentTooFast;
            if (failure is null && !await encoder.WriteAsync(message.Bytes, cancellationToken))
            {
                failure = encoder.Failure ?? LiveFailures.EncoderFailed;
            }

            if (failure is not null)
            {
                await FarewellAsync(socket, failure == LiveFailures.EncoderFailed ? BrowserFarewell.Interrupted(failure) : BrowserFarewell.Refused(failure));
                return FeedEnding.Lost;
            }
        }

        if (!feed.Closed.IsCancellationRequested)
        {
            await encoder.FinishAsync(); // what has arrived is shown
        }

        return FeedEnding.Lost;
    }

    private async Task AcknowledgeAsync(WebSocket socket, BrowserMessages messages, CancellationToken over, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(AckInterval, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(over))
            {
                await SendAsync(socket, new { type = "ack", bytes = messages.ReceivedBytes }, cancellationToken);
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or WebSocketException or IOException)
        {
            // The reading side notices, too, and ends it.
        }
    }

    private static Task SendAsync<T>(WebSocket socket, T words, CancellationToken cancellationToken) =>
        socket.SendAsync(JsonSerializer.SerializeToUtf8Bytes(words), WebSocketMessageType.Text, endOfMessage: true, cancellationToken);

    private async Task FarewellAsync(WebSocket socket, BrowserFarewell farewell)
    {
        if (socket.State is not (WebSocketState.Open or WebSocketState.CloseReceived))
        {
            return;
        }

        using var patience = new CancellationTokenSource(FarewellTimeout, clock);
        try
        {
            await SendAsync(socket, new { type = "end", reason = farewell.Reason, code = farewell.Code, message = farewell.Message }, patience.Token);
            await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, statusDescription: null, patience.Token);
        }
        catch (Exception exception) when (exception is OperationCanceledException or WebSocketException or IOException)
        {
            // It does not listen any more.
        }
    }

    /// <summary>Browsers say where a WebSocket comes from (RFC 6455 §10.2), and the cookie of a visitor travels with it.</summary>
    private static bool IsOwnPage(HttpRequest request) =>
        string.Equals(request.Headers.Origin.ToString(), $"{request.Scheme}://{request.Host}", StringComparison.OrdinalIgnoreCase);

    // Of the many names in a user agent the one people know.
    private static string NameOf(string userAgent) => userAgent switch
    {
        _ when userAgent.Contains("Firefox/", StringComparison.Ordinal) => "Firefox",
        _ when userAgent.Contains("Edg/", StringComparison.Ordinal) => "Edge",
        _ when userAgent.Contains("Chrome/", StringComparison.Ordinal) => "Chrome",
        _ when userAgent.Contains("Safari/", StringComparison.Ordinal) => "Safari",
        _ => "unknown",
    };

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information, EventName = "ingest.browser_malformed", Message = "A page sent what is no frame and was let go")]
        public static partial void Malformed(ILogger logger);
    }
}
