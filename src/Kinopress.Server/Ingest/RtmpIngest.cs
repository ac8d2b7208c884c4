using System.IO.Pipelines;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Kinopress.Core.Features.Lives;
using Kinopress.Core.Features.Lives.OnAir;
using Kinopress.Core.Foundation;
using Kinopress.Media.Flv;
using Kinopress.Rtmp;

namespace Kinopress.Server.Ingest;

/// <summary>One encoder's connection, from its first byte to its last: who it is, what it may publish, and its media into the broadcast.</summary>
internal sealed partial class RtmpIngest(Broadcasts broadcasts, IServiceScopeFactory scopes, IngestGuard guard, TimeProvider clock, ILogger<RtmpIngest> logger)
{
    private static readonly RtmpServerOptions Options = new();
    private static readonly TimeSpan FarewellTimeout = TimeSpan.FromSeconds(1);

    /// <param name="certificate">Null for RTMP without TLS.</param>
    public async Task ServeAsync(IngestConnection connection, X509Certificate2? certificate, CancellationToken stopping)
    {
        using var place = guard.TryEnter(connection.RemoteEndPoint);
        if (place is null)
        {
            return; // too many strangers from there already
        }

        // Not bound to the connection's end: an encoder says goodbye and closes at once, and what it said is still to be read.
        if (certificate is null)
        {
            await ServeAsync(connection, new StreamDuplexPipe(connection.Stream), place, stopping);
            return;
        }

        await using var tls = new SslStream(connection.Stream, leaveInnerStreamOpen: true);
        using (var patience = CancellationTokenSource.CreateLinkedTokenSource(stopping))
        {
            patience.CancelAfter(Options.HandshakeTimeout);
            await tls.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = certificate }, patience.Token);
        }

        await ServeAsync(connection, new StreamDuplexPipe(tls), place, stopping);
    }

    private async Task ServeAsync(IngestConnection connection, IDuplexPipe transport, IDisposable place, CancellationToken cancellationToken)
    {
        await using var session = new RtmpServerSession(transport, Options, clock);
        try
        {
            if (await session.AcceptAsync(cancellationToken) is not { } request)
            {
                return;
            }

            var live = request.StreamKey is { } key ? await FindAsync(key, cancellationToken) : null;
            if (live is null)
            {
                guard.NoteWrongKey(connection.RemoteEndPoint);
                await session.RefuseAsync(RtmpRefusal.BadName("This stream key opens nothing here. Copy it again from your site's Studio."), cancellationToken);
                return;
            }

            place.Dispose(); // it has a key: no stranger any more
            var publisher = new Publisher(IngestGuard.NameOf(connection.RemoteEndPoint), request.FlashVersion);
            if ((await broadcasts.JoinAsync(live, publisher, cancellationToken)).Failed(out var failure, out var feed))
            {
                await session.RefuseAsync(RtmpRefusal.BadName(failure.Message), cancellationToken);
                return;
            }

            using var _ = feed;
            connection.Pace();
            await PublishAsync(session, feed, cancellationToken);
        }
        catch (RtmpProtocolException exception)
        {
            Log.Broken(logger, exception.Fault, exception.Message);
        }
    }

    private async Task PublishAsync(RtmpServerSession session, BroadcastFeed feed, CancellationToken cancellationToken)
    {
        var ending = FeedEnding.Lost;
        try
        {
            await session.GrantAsync(cancellationToken);
            using var closing = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, feed.Closed);
            try
            {
                while (await session.ReadAsync(closing.Token) is { } message)
                {
                    using (message)
                    {
                        await feed.WriteAsync((FlvTagType)message.Kind, message.TimestampInMilliseconds, message.Body, cancellationToken);
                    }
                }
            }
            catch (OperationCanceledException) when (feed.Closed.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
            {
                await session.EndAsync(feed.IsTakenOver ? RtmpEnding.TakenOver : RtmpEnding.ByOwner, cancellationToken);
                return;
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                using var patience = new CancellationTokenSource(FarewellTimeout, clock);
                await session.EndAsync(RtmpEnding.ServerStopping, patience.Token); // encoders that can come back are asked to
                return;
            }

            if (session.IsEndedByPublisher)
            {
                ending = FeedEnding.Finished;
                await session.EndAsync(RtmpEnding.ByPublisher, cancellationToken);
            }
        }
        finally
        {
            await feed.LeaveAsync(cancellationToken.IsCancellationRequested ? FeedEnding.SiteStopping : ending);
        }
    }

    private async Task<LiveIngest?> FindAsync(string key, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<LiveQueries>().FindByStreamKeyAsync(key, cancellationToken);
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information, EventName = "ingest.broken", Message = "An encoder's connection was closed: {Fault}, {Detail}")]
        public static partial void Broken(ILogger logger, RtmpFault fault, string detail);
    }
}
