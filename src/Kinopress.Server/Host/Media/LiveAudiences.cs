using System.Collections.Concurrent;
using Kinopress.Core.Features.Lives;

namespace Kinopress.Server.Host.Media;

/// <summary>
/// Who may watch each live, kept in memory: every viewer asks several times a second. Dropped by events and after a short
/// while. Thread-safe.
/// </summary>
internal sealed class LiveAudiences(IServiceScopeFactory scopes, CacheEpoch epoch, TimeProvider clock)
{
    private const int Capacity = 2000;
    private static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<string, Entry> _entries = new(StringComparer.Ordinal);

    /// <summary>Null when there is no such live.</summary>
    public ValueTask<LiveMedia?> GetAsync(string publicId, CancellationToken cancellationToken) =>
        _entries.TryGetValue(publicId, out var entry) && clock.GetElapsedTime(entry.LoadedAt) < Lifetime
            ? new ValueTask<LiveMedia?>(entry.Live)
            : LoadAsync(publicId, cancellationToken);

    public void Drop(string publicId) => _entries.TryRemove(publicId, out _);

    private async ValueTask<LiveMedia?> LoadAsync(string publicId, CancellationToken cancellationToken)
    {
        var now = clock.GetTimestamp();
        var readIn = epoch.Current;
        await using var scope = scopes.CreateAsyncScope();
        var live = await scope.ServiceProvider.GetRequiredService<LiveQueries>().FindMediaAsync(publicId, cancellationToken);
        if (live is null)
        {
            return null; // unknown names are not kept: strangers could fill the memory with them
        }

        if (_entries.Count >= Capacity)
        {
            _entries.Clear();
        }

        _entries[publicId] = new Entry(live, now);
        if (epoch.Current != readIn)
        {
            _entries.TryRemove(publicId, out _); // something happened meanwhile
        }

        return live;
    }

    private sealed record Entry(LiveMedia Live, long LoadedAt);
}
