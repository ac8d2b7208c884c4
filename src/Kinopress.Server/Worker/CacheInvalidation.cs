using System.Collections.Concurrent;
using Kinopress.Core.Data;
using Kinopress.Core.Events;
using Kinopress.Core.Features.Chat;
using Kinopress.Core.Features.Destinations;
using Kinopress.Server.Host;
using Kinopress.Server.Host.Media;
using Microsoft.AspNetCore.OutputCaching;
using Microsoft.EntityFrameworkCore;

namespace Kinopress.Server.Worker;

/// <summary>
/// Drops what this node keeps in memory when something happens, on this node or another: rendered pages, playlists,
/// the site's settings and emotes, and what chat rooms know of their lives. Wakes those who pass lives on. What this node changes is
/// dropped before the answer to whoever changed it; the outbox tells of the others. Starts at its end, since an empty cache
/// needs no news.
/// </summary>
internal sealed partial class CacheInvalidation(
    IServiceScopeFactory scopes,
    ChangeSignal changes,
    CacheEpoch epoch,
    IOutputCacheStore pages,
    PlaybackManifests manifests,
    LiveAudiences lives,
    LiveNews news,
    SiteSettings settings,
    ChatRooms chats,
    SiteEmotes emotes,
    DestinationBoard destinations,
    TimeProvider clock,
    ILogger<CacheInvalidation> logger) : BackgroundService
{
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(1);

    // Told by this node's own commits, and still to come by the outbox.
    private readonly ConcurrentDictionary<long, bool> _forgotten = new();

    private IDisposable? _following;
    private long? _seq;

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        _following = changes.Follow(ForgetOwn); // before the first request
        await base.StartAsync(cancellationToken);
    }

    public override void Dispose()
    {
        _following?.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        while (!stoppingToken.IsCancellationRequested)
        {
            var changed = changes.Signal.WhenRaised;
            try
            {
                await ReadAsync(stoppingToken);
                await Task.WhenAny(changed, Task.Delay(Poll, clock, stoppingToken));
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                Log.Failed(logger, exception);
                await Task.Delay(Poll, stoppingToken);
            }
        }
    }

    private async Task ReadAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<KinopressDbContext>();
        if (_seq is not { } seq)
        {
            _seq = await db.Outbox.MaxAsync(happened => (long?)happened.Seq, cancellationToken) ?? 0;
            epoch.Advance(); // another node may have changed what was read before
            return;
        }

        // Primary key of outbox.
        var events = await db.Outbox.AsNoTracking().Where(happened => happened.Seq > seq).OrderBy(happened => happened.Seq).ToListAsync(cancellationToken);
        if (events.Count == 0)
        {
            return;
        }

        var others = events.FindAll(happened => !_forgotten.TryRemove(happened.Seq, out _));
        if (others.Count > 0)
        {
            Forget(others);
        }

        foreach (var publicId in events.Select(LiveIdOf).OfType<string>().Distinct(StringComparer.Ordinal))
        {
            await chats.RefreshAsync(publicId, cancellationToken);
        }

        if (events.Exists(IsAboutEmotes))
        {
            await chats.RefreshAllAsync(cancellationToken);
        }

        if (events.Exists(happened => happened.Kind.StartsWith("destination.", StringComparison.Ordinal) || happened.Kind.StartsWith("live.", StringComparison.Ordinal)))
        {
            destinations.Changes.Raise();
        }

        await pages.EvictByTagAsync(PageCaching.Tag, cancellationToken);
        _seq = events[^1].Seq;
        foreach (var late in _forgotten.Keys.Where(told => told <= _seq))
        {
            _forgotten.TryRemove(late, out _); // told only after the outbox was read
        }
    }

    private void ForgetOwn(IReadOnlyList<OutboxEvent> events)
    {
        foreach (var happened in events)
        {
            _forgotten[happened.Seq] = true;
        }

        Forget(events);
    }

    // Pages are kept under the epoch they were made in, so they need no more than that; evicting them only frees memory.
    private void Forget(IReadOnlyList<OutboxEvent> events)
    {
        epoch.Advance();
        foreach (var publicId in events.Select(PublicIdOf).OfType<string>().Distinct(StringComparer.Ordinal))
        {
            manifests.Drop(publicId);
            lives.Drop(publicId);
        }

        settings.Drop();
        if (events.Any(IsAboutEmotes))
        {
            emotes.Drop();
        }

        foreach (var publicId in events.Select(LiveIdOf).OfType<string>().Distinct(StringComparer.Ordinal))
        {
            news.Raise(publicId);
        }
    }

    private static bool IsAboutEmotes(OutboxEvent happened) => happened.Kind.StartsWith(ChatEmoteEvent.Prefix, StringComparison.Ordinal);

    private static string? PublicIdOf(OutboxEvent happened) =>
        happened.Kind.StartsWith("video.", StringComparison.Ordinal) || happened.Kind.StartsWith("live.", StringComparison.Ordinal)
            ? happened.Read<NamedEvent>().PublicId
            : null;

    private static string? LiveIdOf(OutboxEvent happened) =>
        happened.Kind.StartsWith("live.", StringComparison.Ordinal) ? happened.Read<NamedEvent>().PublicId : null;

    /// <summary>What every event about a video or a live says.</summary>
    private sealed record NamedEvent(string PublicId) : SiteEvent
    {
        public override string Kind => "";
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, EventName = "cache.invalidation_failed", Message = "Could not read what changed; pages may be up to a minute old")]
        public static partial void Failed(ILogger logger, Exception exception);
    }
}
