using System.Collections.Concurrent;
using Kinopress.Core.Features.Renditions;

namespace Kinopress.Server.Host.Media;

/// <summary>
/// What each video plays, kept in memory: a viewer asks for a segment every few seconds, and the answer seldom changes.
/// Dropped by events and after a short while. Thread-safe.
/// </summary>
internal sealed class PlaybackManifests(IServiceScopeFactory scopes, HotParts hot, CacheEpoch epoch, TimeProvider clock)
{
    private const int Capacity = 2000;
    private static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<string, Entry> _entries = new(StringComparer.Ordinal);

    /// <summary>Null when there is no such video.</summary>
    public async ValueTask<PlaybackManifest?> GetAsync(string publicId, CancellationToken cancellationToken)
    {
        var now = clock.GetTimestamp();
        if (_entries.TryGetValue(publicId, out var entry) && clock.GetElapsedTime(entry.LoadedAt, now) < Lifetime)
        {
            return entry.Manifest;
        }

        var readIn = epoch.Current;
        await using var scope = scopes.CreateAsyncScope();
        var manifest = await scope.ServiceProvider.GetRequiredService<RenditionQueries>().GetManifestAsync(publicId, cancellationToken);
        if (manifest is null)
        {
            return null; // unknown names are not kept: strangers could fill the memory with them
        }

        if (_entries.Count >= Capacity)
        {
            _entries.Clear();
        }

        _entries[publicId] = new Entry(manifest, now);
        if (epoch.Current != readIn)
        {
            _entries.TryRemove(publicId, out _); // something happened meanwhile
        }

        return manifest;
    }

    public void Drop(string publicId)
    {
        _entries.TryRemove(publicId, out _);
        hot.Drop(publicId);
    }

    private sealed record Entry(PlaybackManifest Manifest, long LoadedAt);
}
