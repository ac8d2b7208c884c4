using Microsoft.Extensions.DependencyInjection;

namespace Kinopress.Core.Features.Chat;

/// <summary>The site's emotes, which every message may name, kept in memory until an event says they changed. Thread-safe.</summary>
public sealed class SiteEmotes(IServiceScopeFactory scopes, TimeProvider clock)
{
    // Events are quicker; this is for one that is missed.
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(1);

    private volatile Entry? _entry;
    private int _dropped;

    public async ValueTask<ChatEmoteSet> GetAsync(CancellationToken cancellationToken)
    {
        if (_entry is { } entry && clock.GetElapsedTime(entry.ReadAt) < Lifetime)
        {
            return entry.Emotes;
        }

        var readAt = clock.GetTimestamp();
        var readIn = Volatile.Read(ref _dropped);
        await using var scope = scopes.CreateAsyncScope();
        var emotes = new ChatEmoteSet(await scope.ServiceProvider.GetRequiredService<ChatEmoteQueries>().ListAsync(cancellationToken));
        _entry = new Entry(emotes, readAt);
        if (Volatile.Read(ref _dropped) != readIn)
        {
            _entry = null; // they changed meanwhile
        }

        return emotes;
    }

    public void Drop()
    {
        Interlocked.Increment(ref _dropped);
        _entry = null;
    }

    private sealed record Entry(ChatEmoteSet Emotes, long ReadAt);
}
